// SPDX-License-Identifier: Apache-2.0
#include "ui/report/verdict_look.h"

#include <QPainter>
#include <QPainterPath>

namespace sulcus::paint {

namespace {

void strokeWhite(QPainter& painter, const QPainterPath& path, double width = 9.0) {
    painter.strokePath(path, QPen(Qt::white, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

void iconTick(QPainter& painter) {
    QPainterPath path;
    path.moveTo(27, 53);
    path.lineTo(43, 69);
    path.lineTo(74, 33);
    strokeWhite(painter, path, 10.0);
}

void iconCross(QPainter& painter) {
    QPainterPath path;
    path.moveTo(32, 32);
    path.lineTo(68, 68);
    path.moveTo(68, 32);
    path.lineTo(32, 68);
    strokeWhite(painter, path, 10.0);
}

/// Two arrows against each other: left and right are in question.
void iconSwap(QPainter& painter) {
    QPainterPath path;
    path.moveTo(26, 38);
    path.lineTo(74, 38);
    path.moveTo(62, 26);
    path.lineTo(74, 38);
    path.lineTo(62, 50);
    path.moveTo(74, 64);
    path.lineTo(26, 64);
    path.moveTo(38, 52);
    path.lineTo(26, 64);
    path.lineTo(38, 76);
    strokeWhite(painter, path, 7.0);
}

void iconHalf(QPainter& painter) {
    painter.setPen(QPen(Qt::white, 7.0));
    painter.drawEllipse(QPointF(50, 50), 24, 24);
    QPainterPath half;
    half.moveTo(50, 26);
    half.arcTo(QRectF(26, 26, 48, 48), 90, 180);
    half.closeSubpath();
    painter.fillPath(half, Qt::white);
}

void iconWave(QPainter& painter) {
    QPainterPath path;
    path.moveTo(24, 54);
    path.cubicTo(34, 32, 44, 38, 50, 50);
    path.cubicTo(56, 62, 66, 68, 76, 46);
    strokeWhite(painter, path);
}

void iconQuestion(QPainter& painter) {
    QPainterPath path;
    path.moveTo(36, 38);
    path.cubicTo(37, 20, 66, 22, 63, 42);
    path.cubicTo(61, 52, 50, 50, 50, 63);
    strokeWhite(painter, path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawEllipse(QPointF(50, 77), 5.5, 5.5);
}

} // namespace

VerdictLook lookOf(clinic::Verdict verdict) {
    switch (verdict) {
    case clinic::Verdict::Agrees:
        return {QColor(0, 110, 82), QColor(231, 244, 239), iconTick};
    case clinic::Verdict::AgreesWrongSide:
        return {QColor(184, 66, 0), QColor(253, 239, 230), iconSwap};
    case clinic::Verdict::Partly:
        return {QColor(0, 92, 148), QColor(230, 241, 249), iconHalf};
    case clinic::Verdict::NotExplained:
        return {QColor(134, 46, 106), QColor(248, 235, 244), iconCross};
    case clinic::Verdict::Weak:
        return {QColor(94, 88, 66), QColor(245, 243, 234), iconWave};
    case clinic::Verdict::NothingAboutPlace:
        break;
    }
    return {QColor(84, 96, 108), QColor(241, 243, 245), iconQuestion};
}

} // namespace sulcus::paint
