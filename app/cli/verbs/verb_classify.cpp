// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/classes.h"
#include "app/cli/verbs/print.h"
#include "core/imaging/grey_image.h"
#include "core/learning/bundle.h"
#include "core/workflow/answer_json.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace sulcus::cli {

namespace fs = std::filesystem;

namespace {

struct ClassifyArguments {
    std::vector<std::string> cases;
    std::string heatFolder;
    DeviceArguments device;
};

workflow::ClassifyOptions classifyOptions(const workflow::SegmentOptions& options) {
    workflow::ClassifyOptions result;
    result.bundle = options.bundle;
    result.device = options.device;
    return result;
}

Result<void> writeHeatMaps(const workflow::ClassifiedViews& answer, const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    for (std::size_t n = 0; n < answer.heatMaps.size(); ++n) {
        const auto& map = answer.heatMaps[n];
        std::vector<std::uint8_t> pixels;
        for (const float value : map.values)
            pixels.push_back(static_cast<std::uint8_t>(std::lround(255.0F * value)));
        if (auto written = imaging::writeGreyImage(map.width, map.height, pixels,
                                                   folder / ("heat_" + std::to_string(n + 1) + ".png"));
            !written)
            return written;
    }
    return {};
}

/// A folder for one patient's pictures inside the one that the person named: a name from a table may look like a path,
/// and two patients may have one name.
std::string heatFolderOf(const std::string& patient, std::set<std::string>& taken) {
    auto name = patient;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '/' || c == '\\' || c == '\0'; }, '_');
    if (name.find_first_not_of('.') == std::string::npos) // "", ".", ".."
        name.insert(0, "_");
    auto free = name;
    for (int n = 2; !taken.insert(free).second; ++n)
        free = name + "-" + std::to_string(n);
    return free;
}

std::string answerText(const workflow::ClassifiedViews& answer) {
    std::string text = line("Patient", answer.name + (answer.synthetic ? " (synthetic)" : ""));
    for (std::size_t n = 0; n < answer.outputs.size(); ++n) {
        const auto& output = answer.outputs[n];
        const auto truth = answer.truth.find(output.name);
        const bool known = truth != answer.truth.end() && truth->second.has_value();
        text += line(n == 0 ? output.name : "  " + output.name,
                     percent(output.probability) + (output.positive() ? "  yes" : "  no") +
                         (known ? std::string("  (truth: ") + (*truth->second ? "yes" : "no") + ")" : ""));
    }
    return text + warningsText(answer.warnings);
}

Result<void> runClassify(const ClassifyArguments& arguments, Invocation& invocation) {
    auto found = segmentOptions(arguments.device, invocation);
    if (!found)
        return fail(std::move(found.error()));
    auto options = classifyOptions(*found);
    options.heatMaps = !arguments.heatFolder.empty();
    if (options.heatMaps) {
        if (auto ready = invocation.prepareOutput(fs::path(arguments.heatFolder) / "heat_1.png"); !ready)
            return ready;
    }
    std::vector<workflow::ViewSet> sets;
    Json leftOut = Json::array();
    std::string text;
    bool synthetic = true;
    for (const auto& path : arguments.cases) {
        auto views = workflow::findViewSets(path);
        if (!views)
            return fail(std::move(views.error()));
        synthetic = synthetic && views->synthetic;
        for (const auto& [name, reason] : views->leftOut) {
            // The table's lines without pictures matter to training; here the person named pictures.
            leftOut.push_back({{"name", name}, {"reason", sentence(reason)}});
            text += line("Left out", sentence(reason));
        }
        std::move(views->sets.begin(), views->sets.end(), std::back_inserter(sets));
    }
    Json patients = Json::array();
    Json bundle = nullptr;
    std::string device;
    std::set<std::string> taken;
    for (std::size_t n = 0; n < sets.size(); ++n) {
        const auto count = static_cast<double>(sets.size());
        auto answer = workflow::classify(
            sets[n], options,
            invocation.task().part(static_cast<double>(n) / count, static_cast<double>(n + 1) / count));
        if (!answer)
            return fail(std::move(answer.error()));
        if (options.heatMaps) {
            const fs::path heat = arguments.heatFolder;
            const auto folder = sets.size() == 1 ? heat : heat / heatFolderOf(answer->name, taken);
            if (auto written = writeHeatMaps(*answer, folder); !written)
                return written;
        }
        patients.push_back(Json::parse(workflow::toJson(*answer, [](const Message& m) { return sentence(m); })));
        bundle = Json{{"name", answer->bundleName},
                      {"version", answer->bundleVersion},
                      {"weights_sha256", answer->weightsSha256}};
        device = answer->device;
        text += answerText(*answer);
    }
    if (sets.empty())
        return fail(ErrorCode::NotFound, "workflow.no_views", {{"folder", arguments.cases.front()}});
    if (invocation.json()) {
        invocation.print(Json{{"bundle", std::move(bundle)},
                              {"device", device},
                              {"synthetic", synthetic},
                              {"patients", std::move(patients)},
                              {"left_out", std::move(leftOut)}});
        return {};
    }
    std::string network;
    if (const auto read = learning::readBundle(options.bundle))
        network = line("Bundle", read->name + " " + read->version) + line("Trained on", read->trainingData);
    invocation.print(text + network + (synthetic ? line("Pictures", "synthetic; no patient is shown") : std::string()));
    invocation.printPurpose();
    return {};
}

std::string areaText(const learning::ClassMetrics& metrics) {
    if (!metrics.area)
        return "-";
    return decimal(*metrics.area, 3) + (metrics.areaInterval ? " [" + decimal(metrics.areaInterval->low, 3) + ", " +
                                                                   decimal(metrics.areaInterval->high, 3) + "]"
                                                             : std::string());
}

std::string evaluationText(const workflow::ClassEvaluation& evaluation) {
    std::string text =
        line("Bundle", evaluation.bundleName + " " + evaluation.bundleVersion + " on " + evaluation.device) +
        (evaluation.synthetic ? line("Pictures", "synthetic; no patient is shown") : std::string()) + "\n";
    constexpr std::size_t kShown = 20;
    TextTable worst({"Patient, worst first", "probability", "truth"}, {0});
    std::size_t shown = 0;
    std::size_t doubtful = 0;
    for (const auto& row : evaluation.rows) {
        const auto unlike = [](const Message& warning) { return warning.id == "learning.warn_not_angiography"; };
        doubtful += row.answer && std::any_of(row.answer->warnings.begin(), row.answer->warnings.end(), unlike) ? 1 : 0;
        if (row.problem)
            text += line("Left out", sentence(row.problem->message));
        if (!row.answer || shown++ >= kShown)
            continue;
        const auto& first = row.answer->outputs.front();
        const auto truth = row.answer->truth.find(first.name);
        const bool known = truth != row.answer->truth.end() && truth->second.has_value();
        worst.add({row.name, decimal(first.probability, 3), known ? (*truth->second ? "yes" : "no") : "-"});
    }
    if (doubtful > 0)
        text += line("Note", std::to_string(doubtful) +
                                 (doubtful == 1 ? " patient's pictures do" : " patients' pictures do") +
                                 " not look like angiography; --json says whose");
    text += worst.text();
    if (shown > kShown)
        text += "... and " + std::to_string(shown - kShown) + " more that are answered better\n";
    TextTable table({"Output", "yes", "no", "AUC [95 % interval]", "Accuracy", "Sensitivity", "Specificity"}, {0, 3});
    for (const auto& output : evaluation.metrics)
        table.add({output.output, std::to_string(output.positives), std::to_string(output.negatives), areaText(output),
                   decimal(output.accuracy, 3), decimal(output.sensitivity, 3), decimal(output.specificity, 3)});
    table.add({"darkest spot alone", std::to_string(evaluation.baseline.positives),
               std::to_string(evaluation.baseline.negatives), areaText(evaluation.baseline), "-", "-", "-"});
    return text + "\n" + table.text();
}

} // namespace

Result<void> runClassEvaluation(const std::vector<std::string>& folders, const workflow::SegmentOptions& options,
                                bool json, const std::string& jsonFile, const std::string& csvFile,
                                Invocation& invocation) {
    auto evaluation =
        workflow::evaluateClasses({folders.begin(), folders.end()}, classifyOptions(options), invocation.task());
    if (!evaluation)
        return fail(std::move(evaluation.error()));
    const auto answer = workflow::toJson(*evaluation, [](const Message& m) { return sentence(m); });
    if (!jsonFile.empty()) {
        if (auto written = invocation.writeText(jsonFile, answer + "\n"); !written)
            return written;
    }
    if (!csvFile.empty()) {
        if (auto written = invocation.writeText(csvFile, workflow::toCsv(*evaluation)); !written)
            return written;
    }
    if (json && jsonFile.empty()) {
        invocation.print(answer);
    } else {
        invocation.print(evaluationText(*evaluation));
        invocation.printPurpose();
    }
    return {};
}

void addClassify(Verbs& verbs) {
    auto* verb = addVerb(verbs, "classify", "Say with a classification bundle what the views of a patient show");
    auto arguments = std::make_shared<ClassifyArguments>();
    arguments->device.bundle = "angio-aneurysm-synthetic";
    verb->add_option("CASE", arguments->cases, "Folder of eight views, or of many such patients")->required();
    verb->add_option("--heat", arguments->heatFolder,
                     "Folder for pictures of where the network saw evidence, one a view (grey, white = strongest)");
    verb->add_option("--bundle", arguments->device.bundle, "Name of a classification bundle, or the path of its folder")
        ->capture_default_str();
    verb->add_option("--device", arguments->device.device, "Where the network runs")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    verbs.table[verb] = [arguments](Invocation& invocation) { return runClassify(*arguments, invocation); };
}

} // namespace sulcus::cli
