// SPDX-License-Identifier: Apache-2.0
#include "ui/report/report_painter.h"

#include "ui/report/report_composer.h"
#include "ui/report/report_parts.h"
#include "ui/report/write_file.h"
#include "ui/session/message_catalogue.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImageWriter>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <cmath>
#include <new>

namespace sulcus::paint {

namespace {

using report::ReportContent;
using session::sentence;

Result<void> check(const ReportContent& content, const ReportStyle& style) {
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()) == nullptr)
        return fail(ErrorCode::Internal, "ui_report.no_application");
    if (!(style.dotsPerInch >= 36.0 && style.dotsPerInch <= 600.0))
        return fail(ErrorCode::InvalidInput, "ui_report.resolution",
                    {{"dpi", QString::number(style.dotsPerInch).toStdString()}});
    if (content.mask && content.imagingCase && !content.imagingCase->volumes.empty() &&
        (content.mask->geometry.size != content.imagingCase->geometry().size ||
         content.mask->voxels.size() != content.mask->geometry.voxelCount()))
        return fail(ErrorCode::ShapeMismatch, "ui_report.mask_grid_differs", {{"case", content.caseId}});
    return {};
}

void setUp(QPainter& painter) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
}

QString pathText(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

} // namespace

Result<PaintedReport> paintReportPages(const ReportContent& content, const ReportStyle& style) {
    if (auto fine = check(content, style); !fine)
        return fail(std::move(fine.error()));
    try {
        const ComposedReport composed(content, style);
        const Canvas& canvas = composed.canvas();
        const double scale = style.dotsPerInch / kUnitsPerInch;
        const QSize size(static_cast<int>(std::lround(composed.sheet().width * scale)),
                         static_cast<int>(std::lround(composed.sheet().height * scale)));
        PaintedReport painted;
        for (int page = 0; page < canvas.pageCount(); ++page) {
            QImage image(size, QImage::Format_RGB32);
            if (image.isNull())
                return fail(ErrorCode::OutOfMemory, "ui_report.out_of_memory");
            image.fill(Qt::white);
            image.setDotsPerMeterX(static_cast<int>(std::lround(style.dotsPerInch / 0.0254)));
            image.setDotsPerMeterY(static_cast<int>(std::lround(style.dotsPerInch / 0.0254)));
            QPainter painter(&image);
            setUp(painter);
            painter.scale(scale, scale);
            canvas.paint(page, painter);
            painter.end();
            painted.pages.push_back(std::move(image));
        }
        painted.items = canvas.items();
        return painted;
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "ui_report.out_of_memory");
    }
}

Result<QImage> paintReport(const ReportContent& content, const ReportStyle& style) {
    auto painted = paintReportPages(content, style);
    if (!painted)
        return fail(std::move(painted.error()));
    if (painted->pages.size() == 1)
        return std::move(painted->pages.front());
    const QSize page = painted->pages.front().size();
    QImage image(page.width(), page.height() * static_cast<int>(painted->pages.size()), QImage::Format_RGB32);
    if (image.isNull())
        return fail(ErrorCode::OutOfMemory, "ui_report.out_of_memory");
    image.setDotsPerMeterX(painted->pages.front().dotsPerMeterX());
    image.setDotsPerMeterY(painted->pages.front().dotsPerMeterY());
    QPainter painter(&image);
    for (std::size_t n = 0; n < painted->pages.size(); ++n)
        painter.drawImage(0, page.height() * static_cast<int>(n), painted->pages[n]);
    return image;
}

std::filesystem::path twinOf(const std::filesystem::path& file) {
    std::filesystem::path twin = file;
    twin.replace_extension(".json");
    return twin;
}

Result<void> writeReport(const ReportContent& content, const std::filesystem::path& file, const ReportStyle& style) {
    const QString extension = pathText(file.extension()).toLower();
    const bool pdf = extension == QLatin1String(".pdf");
    if (!pdf && extension != QLatin1String(".png"))
        return fail(ErrorCode::Unsupported, "ui_report.unknown_extension", {{"file", file.string()}});

    // Everything is made in memory first, so that a failure leaves the old files alone.
    QByteArray bytes;
    const QString program = QStringLiteral("Sulcus %1").arg(QString::fromStdString(content.provenance.programVersion));
    const QString title = titleOf(content) + QStringLiteral(": ") + QString::fromStdString(content.caseId);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (pdf) {
        if (auto fine = check(content, style); !fine)
            return fail(std::move(fine.error()));
        const ComposedReport composed(content, style);
        const Canvas& canvas = composed.canvas();
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setResolution(static_cast<int>(kUnitsPerInch));
        writer.setTitle(title);
        writer.setCreator(program + QStringLiteral(". Education and research only. Not for diagnosis."));
        QPainter painter(&writer);
        setUp(painter);
        for (int page = 0; page < canvas.pageCount(); ++page) {
            if (page > 0)
                writer.newPage();
            canvas.paint(page, painter);
        }
        painter.end();
    } else {
        auto image = paintReport(content, style);
        if (!image)
            return fail(std::move(image.error()));
        QImageWriter writer(&buffer, "png");
        writer.setText(QStringLiteral("Title"), title);
        writer.setText(QStringLiteral("Software"), program);
        writer.setText(QStringLiteral("Disclaimer"), QStringLiteral("Education and research only. Not for diagnosis."));
        writer.setText(QStringLiteral("Creation Time"), QString::fromStdString(content.provenance.createdAt));
        if (content.synthetic)
            writer.setText(QStringLiteral("Comment"), QStringLiteral("synthetic case"));
        if (!writer.write(*image))
            return fail(ErrorCode::Internal, "ui_report.not_written",
                        {{"file", file.string()}, {"reason", writer.errorString().toStdString()}});
    }
    const QByteArray twin = QByteArray::fromStdString(
        report::toJson(content, [](const Message& message) { return sentence(message).toStdString(); }));

    return writeFiles({{file, bytes}, {twinOf(file), twin}});
}

} // namespace sulcus::paint
