// SPDX-License-Identifier: Apache-2.0
#include "core/learning/bundle_file.h"
#include "core/learning/sha256.h"
#include "core/learning/whole_file.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <system_error>

namespace sulcus::learning {

namespace {

constexpr const char* kSeal = "seal";

/// The first half of the SHA-256 of a field's value, written without spaces and with sorted keys: numbers that were
/// only written otherwise (1 and 1.0) count as changed.
std::string sealOf(const nlohmann::json& value) { return sha256(value.dump()).substr(0, 32); }

/// Every top-level field against the seal that was written with it. Networks that come from elsewhere (torchscript)
/// are described by hand and need none.
void checkSeal(const nlohmann::json& document, const JsonFields& fields) {
    if (!document.contains(kSeal)) {
        if (document.at("architecture") != "torchscript") {
            fields.refuse(kSeal, "is missing");
        }
        return;
    }
    const auto seals = fields.object(kSeal);
    for (const auto& [name, seal] : document.at(kSeal).items()) {
        seals.text(name.c_str());
        if (!document.contains(name)) {
            fields.refuse(name.c_str(), "is missing");
        }
    }
    for (const auto& [name, value] : document.items()) {
        if (name == kSeal) {
            continue;
        }
        if (!document.at(kSeal).contains(name)) {
            fields.refuse(name.c_str(), "was added after the bundle was written");
        }
        if (document.at(kSeal).at(name) != sealOf(value)) {
            fields.refuse(name.c_str(), "was changed after the bundle was written");
        }
    }
}

void addSeal(nlohmann::ordered_json& document) {
    document.erase(kSeal);
    const nlohmann::json plain = nlohmann::json::parse(document.dump());
    nlohmann::ordered_json seal;
    for (const auto& [name, value] : document.items()) {
        seal[name] = sealOf(plain.at(name));
    }
    document[kSeal] = std::move(seal);
}

Result<std::string> readDescription(const std::filesystem::path& path) {
    std::error_code code;
    if (!std::filesystem::exists(path, code)) {
        return fail(ErrorCode::NotFound, "learning.bundle_missing", {{"folder", path.parent_path().string()}});
    }
    return readWholeFile(path);
}

/// `beforeSwap` runs when the new text is safe on the disk and the old one is still in place.
Result<void> writeDocument(const nlohmann::ordered_json& document, const std::filesystem::path& path,
                           const std::function<void(std::error_code&)>& beforeSwap = {}) {
    auto temporary = path;
    temporary += ".part";
    std::ofstream stream(temporary, std::ios::trunc);
    stream << document.dump(2) << '\n';
    stream.close();
    std::error_code code;
    if (stream && beforeSwap) {
        beforeSwap(code);
    }
    if (stream && !code) {
        std::filesystem::rename(temporary, path, code);
    }
    if (!stream || code) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", path.string()}}, code.message());
    }
    return {};
}

bool isPlainFileName(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\\') == std::string::npos;
}

} // namespace

Result<BundleFile> readBundleFile(const std::filesystem::path& folder) {
    const auto path = folder / "bundle.json";
    const auto text = readDescription(path);
    if (!text) {
        return fail(text.error());
    }
    const auto document = parseJson<nlohmann::ordered_json>(*text);
    if (document.is_discarded()) {
        return fail(ErrorCode::Unreadable, "learning.not_json", {{"file", path.string()}});
    }
    return parseBundleFile(document, folder);
}

Result<BundleFile> parseBundleFile(const nlohmann::ordered_json& document, const std::filesystem::path& folder) {
    const auto path = folder / "bundle.json";
    try {
        const nlohmann::json plain = nlohmann::json::parse(document.dump());
        const JsonFields fields(plain, "");
        BundleFile file;
        auto& bundle = file.bundle;
        bundle.schemaVersion = fields.integer("schema_version", 1, 1'000'000);
        if (bundle.schemaVersion != 1) {
            return fail(ErrorCode::Unsupported, "learning.bundle_newer",
                        {{"file", path.string()}, {"version", std::to_string(bundle.schemaVersion)}});
        }
        bundle.name = fields.text("name");
        bundle.version = fields.text("version");
        file.spec = parseSpec(fields);
        bundle.intendedUse = fields.text("intended_use");
        bundle.trainingData = fields.text("training_data");
        bundle.licence = fields.text("licence");
        const auto weights = fields.object("weights");
        file.weightsFile = weights.text("file");
        if (!isPlainFileName(file.weightsFile)) {
            weights.refuse("file", "must be the name of a file beside bundle.json");
        }
        bundle.weightsSha256 = weights.text("sha256");
        if (bundle.weightsSha256.size() != 64 ||
            bundle.weightsSha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
            weights.refuse("sha256", "is not 64 hexadecimal digits");
        }
        file.parameters = weights.integer("parameters", 0, 2'000'000'000, 0);
        const auto cost = fields.object("cost");
        file.costMachine = cost.text("machine");
        bundle.expectedSeconds = cost.number("seconds", 0.0, 1e6);
        bundle.expectedMb = cost.number("mb", 0.0, 1e7);
        for (const auto& item : fields.objects("metrics")) {
            item.text("on");
            item.integer("cases", 1, 1'000'000);
            item.object("values");
        }
        file.metrics = document["metrics"];
        checkSeal(plain, fields);

        bundle.task = file.spec.task;
        bundle.architecture = file.spec.architecture;
        for (const auto& [key, value] : file.spec.options.items()) {
            bundle.architectureOptions[key] = value.is_string() ? value.get<std::string>() : value.dump();
        }
        bundle.inputs = file.spec.inputs;
        bundle.spacingMm = file.spec.spacingMm;
        for (const auto& output : file.spec.outputs) {
            bundle.outputs.push_back({output.name, output.threshold});
        }
        bundle.nestedOutputs = file.spec.nested;
        bundle.labels = file.spec.labels;
        bundle.folder = folder;
        return file;
    } catch (const FieldError& error) {
        return fail(ErrorCode::Unreadable, "learning.bundle_field",
                    {{"file", path.string()}, {"field", error.field}, {"problem", error.what()}});
    }
}

Result<void> checkWeights(const BundleFile& file) {
    const auto path = file.bundle.folder / file.weightsFile;
    const auto hash = sha256OfFile(path);
    if (!hash) {
        return fail(hash.error());
    }
    if (*hash != file.bundle.weightsSha256) {
        return fail(ErrorCode::Unreadable, "learning.bundle_hash",
                    {{"file", path.string()}, {"field", "weights.sha256"}});
    }
    return {};
}

Result<void> writeBundleFile(const BundleFile& file) {
    using json = nlohmann::ordered_json;
    const auto& bundle = file.bundle;
    json document;
    document["schema_version"] = bundle.schemaVersion;
    document["name"] = bundle.name;
    document["version"] = bundle.version;
    document.update(toJson(file.spec));
    document["intended_use"] = bundle.intendedUse;
    document["training_data"] = bundle.trainingData;
    document["licence"] = bundle.licence;
    document["weights"] =
        json{{"file", file.weightsFile}, {"sha256", bundle.weightsSha256}, {"parameters", file.parameters}};
    document["metrics"] = file.metrics;
    document["cost"] =
        json{{"machine", file.costMachine}, {"seconds", bundle.expectedSeconds}, {"mb", bundle.expectedMb}};
    addSeal(document);
    return writeDocument(document, bundle.folder / "bundle.json", [&](std::error_code& code) {
        const auto waiting = waitingWeights(file);
        if (std::error_code absent; std::filesystem::exists(waiting, absent)) {
            std::filesystem::rename(waiting, bundle.folder / file.weightsFile, code);
        }
    });
}

bool holdsBundle(const std::filesystem::path& folder) {
    const auto lies = [&](const char* name) {
        std::error_code code;
        return std::filesystem::exists(folder / name, code);
    };
    return lies("bundle.json") || lies("weights.safetensors") || lies("weights.safetensors.new");
}

std::filesystem::path waitingWeights(const BundleFile& file) {
    return file.bundle.folder / (file.weightsFile + ".new");
}

Result<void> resealBundleFile(const std::filesystem::path& folder,
                              const std::function<Result<void>(const BundleFile&)>& accept) {
    const auto path = folder / "bundle.json";
    const auto text = readDescription(path);
    if (!text) {
        return fail(text.error());
    }
    auto document = parseJson<nlohmann::ordered_json>(*text);
    if (!document.is_object()) {
        return fail(ErrorCode::Unreadable, "learning.not_json", {{"file", path.string()}});
    }
    addSeal(document);
    // What would not load must not replace what is there.
    auto file = parseBundleFile(document, folder);
    if (!file) {
        return fail(std::move(file.error()));
    }
    if (auto accepted = accept(*file); !accepted) {
        return accepted;
    }
    return writeDocument(document, path);
}

Result<Bundle> readBundle(const std::filesystem::path& folder) {
    auto file = readBundleFile(folder);
    if (!file) {
        return fail(std::move(file.error()));
    }
    return std::move(file->bundle);
}

std::vector<Bundle> listBundles(const std::filesystem::path& folder, std::vector<Error>* broken) {
    std::vector<Bundle> bundles;
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
        if (!std::filesystem::exists(entry.path() / "bundle.json", code)) {
            continue;
        }
        auto bundle = readBundle(entry.path());
        if (bundle) {
            bundles.push_back(std::move(*bundle));
        } else if (broken != nullptr) {
            broken->push_back(std::move(bundle.error()));
        }
    }
    std::sort(bundles.begin(), bundles.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return bundles;
}

} // namespace sulcus::learning
