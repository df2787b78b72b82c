// SPDX-License-Identifier: Apache-2.0
#include "ui/report/curves.h"

#include "core/base/csv.h"
#include "ui/report/page.h"
#include "ui/report/words.h"
#include "ui/report/write_file.h"
#include "ui/scene/curve_chart.h"
#include "ui/scene/palette.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>

namespace sulcus::paint {

namespace {

bool has(const std::string& name, std::initializer_list<const char*> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const char* part) { return name.find(part) != std::string::npos; });
}

enum class Kind { None, Loss, Score, SquaredError, LearningRate };

Kind kindOf(const MetricColumn& column) {
    if (std::none_of(column.values.begin(), column.values.end(), [](double v) { return std::isfinite(v); }))
        return Kind::None;
    std::string name = column.name;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (has(name, {"learning_rate", "learning rate"}) || name == "lr")
        return Kind::LearningRate;
    if (has(name, {"loss"}))
        return Kind::Loss;
    if (has(name, {"mse", "squared"}))
        return Kind::SquaredError;
    if (has(name, {"dice", "iou", "accuracy", "sensitivity", "specificity", "precision", "recall", "auc", "f1"}))
        return Kind::Score;
    return Kind::None;
}

/// VTK's own font knows Latin letters alone; translated titles may need another.
std::string fontFor(const std::vector<scene::CurvePanel>& panels) {
    static const std::filesystem::path kKorean = "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"; // fonts-nanum
    const bool latin = std::all_of(panels.begin(), panels.end(), [](const scene::CurvePanel& panel) {
        const QString title = QString::fromStdString(panel.title + panel.xTitle);
        return std::all_of(title.begin(), title.end(), [](QChar c) { return c.unicode() < 0x250; });
    });
    return latin || !std::filesystem::exists(kKorean) ? std::string() : kKorean.string();
}

bool isArea(const std::string& name) { return name.find("_auc_") != std::string::npos; }

/// A network that classifies has an area for each output in training and validation, and three more shares of each in
/// validation: those stay in the table, or nobody could tell the lines apart.
bool hasAreas(const Metrics& metrics) {
    return std::any_of(metrics.columns.begin(), metrics.columns.end(),
                       [](const MetricColumn& column) { return isArea(column.name); });
}

bool isTraining(const std::string& name) { return name.rfind("train", 0) == 0; }

/// "validation_dice_WT" -> "dice WT": what is measured, without on what.
std::string quantityOf(const std::string& name) {
    std::string text = name;
    for (const char* const prefix : {"training_", "train_", "validation_", "val_"})
        if (text.rfind(prefix, 0) == 0) {
            text = text.substr(std::string(prefix).size());
            break;
        }
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string curveName(const std::string& name) {
    std::string quantity = quantityOf(name);
    if (quantity.rfind("dice ", 0) == 0)
        quantity = "Dice " + quantity.substr(5);
    if (quantity.rfind("auc ", 0) == 0)
        quantity = "AUC " + quantity.substr(4);
    if (isTraining(name))
        return quantity + ", " + translate("report", "training").toStdString();
    if (name.rfind("val", 0) == 0)
        return quantity + ", " + translate("report", "validation").toStdString();
    return quantity;
}

} // namespace

Result<Metrics> readMetrics(const std::filesystem::path& csv) {
    std::ifstream stream(csv);
    if (!stream || !std::filesystem::is_regular_file(csv))
        return fail(ErrorCode::NotFound, "ui_report.curves_missing", {{"file", csv.string()}});
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const CsvTable table = parseCsv(text, ',');
    std::vector<std::string> names;
    for (const std::string& name : table.header)
        names.emplace_back(withoutBlanks(name));
    std::vector<std::vector<double>> columns(names.size());
    for (const CsvRecord& record : table.records) {
        // A last line without its end may be half a line.
        const bool whole = &record != &table.records.back() || text.ends_with('\n');
        if (record.fields.size() != names.size() || (!whole && record.fields.back().empty()))
            continue;
        for (std::size_t n = 0; n < names.size(); ++n)
            columns[n].push_back(numberIn(record.field(n)));
    }
    if (names.size() < 2 || columns.front().empty())
        return fail(ErrorCode::Unreadable, "ui_report.curves_no_table", {{"file", csv.string()}});
    Metrics metrics;
    std::size_t step = names.size();
    for (const char* const wanted : {"epoch", "iteration", "step"}) {
        const auto it = std::find(names.begin(), names.end(), wanted);
        if (it != names.end() && step == names.size())
            step = static_cast<std::size_t>(it - names.begin());
    }
    metrics.stepName = step < names.size() ? names[step] : "row";
    for (std::size_t n = 0; n < columns.front().size(); ++n)
        metrics.steps.push_back(step < names.size() ? columns[step][n] : static_cast<double>(n + 1));
    for (std::size_t n = 0; n < names.size(); ++n)
        if (n != step)
            metrics.columns.push_back({names[n], std::move(columns[n])});
    return metrics;
}

std::vector<scene::CurvePanel> curvePanels(const Metrics& metrics) {
    static constexpr std::array<scene::Rgb, 6> kColours{scene::kBlue,   scene::kVermilion,     scene::kBluishGreen,
                                                        scene::kOrange, scene::kReddishPurple, scene::kSkyBlue};
    const std::vector<std::pair<Kind, QString>> kinds{{Kind::Loss, translate("report", "Loss")},
                                                      {Kind::Score, translate("report", "Overlap")},
                                                      {Kind::SquaredError, translate("report", "Squared error")},
                                                      {Kind::LearningRate, translate("report", "Learning rate")}};
    const bool areas = hasAreas(metrics);
    std::vector<scene::CurvePanel> panels;
    for (const auto& [kind, title] : kinds) {
        scene::CurvePanel panel;
        panel.title = areas && kind == Kind::Score ? "AUC" : title.toStdString();
        panel.wholeX = true;
        panel.xTitle = metrics.stepName == "epoch" ? translate("report", "Epoch").toStdString()
                       : metrics.stepName == "row" ? translate("report", "Row").toStdString()
                                                   : translate("report", "Step").toStdString();
        std::map<std::string, std::size_t> colours;
        for (const MetricColumn& column : metrics.columns) {
            if (kindOf(column) != kind || (areas && kind == Kind::Score && !isArea(column.name)))
                continue;
            const std::size_t colour = colours.emplace(quantityOf(column.name), colours.size()).first->second;
            scene::Curve curve;
            curve.name = curveName(column.name);
            curve.x = metrics.steps;
            curve.y = column.values;
            curve.colour = kColours[colour % kColours.size()];
            curve.dashed = isTraining(column.name);
            panel.curves.push_back(std::move(curve));
        }
        if (panel.curves.empty())
            continue;
        if (kind == Kind::Score) {
            panel.yLow = 0.0;
            panel.yHigh = 1.0;
        }
        if (kind == Kind::LearningRate)
            panel.logarithmicY = std::all_of(panel.curves.front().y.begin(), panel.curves.front().y.end(),
                                             [](double v) { return !std::isfinite(v) || v > 0.0; });
        panels.push_back(std::move(panel));
    }
    return panels;
}

Result<QImage> paintCurves(const Metrics& metrics, const CurvesStyle& style) {
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()) == nullptr)
        return fail(ErrorCode::Internal, "ui_report.no_application");
    const std::vector<scene::CurvePanel> panels = curvePanels(metrics);
    if (panels.empty() || metrics.steps.empty())
        return fail(ErrorCode::InvalidInput, "ui_report.curves_nothing_to_draw");
    scene::ChartStyle chart;
    chart.dark = false;
    chart.fontFile = fontFor(panels);
    chart.fontSize = 14.0;
    const int chartHeight =
        std::clamp(static_cast<int>(0.62 * style.width / static_cast<double>(panels.size())), 380, 760);
    auto picture = scene::renderCurvesPicture(panels, chart, style.width, chartHeight);
    if (!picture)
        return fail(std::move(picture.error()));

    // The best row by the mean of the validation's scores: the one whose weights a bundle keeps.
    QString best;
    double bestScore = -1.0;
    const bool areas = hasAreas(metrics);
    for (std::size_t row = 0; row < metrics.steps.size(); ++row) {
        double sum = 0.0;
        int count = 0;
        for (const MetricColumn& column : metrics.columns)
            if (!isTraining(column.name) && kindOf(column) == Kind::Score && (!areas || isArea(column.name)) &&
                std::isfinite(column.values[row])) {
                sum += column.values[row];
                ++count;
            }
        if (count > 0 && sum / count > bestScore) {
            bestScore = sum / count;
            best = translate("report", "best mean validation score %1 at %2 %3")
                       .arg(decimal(bestScore, 3))
                       .arg(QString::fromStdString(metrics.stepName))
                       .arg(QString::number(metrics.steps[row]));
        }
    }
    Canvas canvas;
    const double width = style.width - 80.0;
    std::vector<Block> lines;
    if (!style.title.isEmpty())
        lines.push_back(
            paragraph(width, style.title, {34.0, true, QColor::fromRgb(Ink::kText), 0.0}, {Qt::AlignLeft, 2}));
    if (!best.isEmpty())
        lines.push_back(paragraph(width, best, {20.0, false, QColor::fromRgb(Ink::kQuiet), 0.0}, {Qt::AlignLeft, 2}));
    const Block head = stack(std::move(lines), 4.0);
    const int top = head.empty() ? 0 : static_cast<int>(std::ceil(head.height)) + 36;
    QImage image(style.width, top + picture->height, QImage::Format_RGB32);
    if (image.isNull())
        return fail(ErrorCode::OutOfMemory, "ui_report.out_of_memory");
    image.fill(Qt::white);
    if (!head.empty())
        head.place(canvas, {40.0, 26.0});
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    canvas.paint(0, painter);
    painter.drawImage(
        0, top,
        QImage(picture->rgba.data(), picture->width, picture->height, 4 * picture->width, QImage::Format_RGBA8888));
    painter.end();
    return image;
}

Result<void> writeCurves(const std::filesystem::path& csv, const std::filesystem::path& png, const CurvesStyle& style) {
    auto metrics = readMetrics(csv);
    if (!metrics)
        return fail(std::move(metrics.error()));
    auto image = paintCurves(*metrics, style);
    if (!image)
        return fail(std::move(image.error()));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image->save(&buffer, "png");
    return writeFiles({{png, bytes}});
}

} // namespace sulcus::paint
