// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/grey_image.h"
#include "core/learning/bundle.h"
#include "core/learning/cache.h"
#include "core/learning/darkest_spot.h"
#include "core/learning/plan.h"
#include "core/learning/train_folds.h"
#include "core/learning/trainer.h"
#include "core/workflow/answer_json.h"
#include "core/workflow/classify.h"
#include "core/workflow/prepare.h"
#include "core/workflow/view_sets.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

using namespace sulcus;
using namespace sulcus::workflow;
namespace fs = std::filesystem;

namespace {

constexpr int kSide = 20;

/// A grey picture; with a spot it has a dark square in the same rows of every view.
void writeView(const fs::path& file, int seed, bool spot, int view) {
    fs::create_directories(file.parent_path());
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const int noise = (x * 7 + y * 13 + seed * 31 + view * 17 + x * y * (seed + 3)) % 23;
            const bool dark = spot && std::abs(y - 8) < 3 && std::abs(x - 5 - view) < 3;
            pixels.push_back(static_cast<std::uint8_t>((dark ? 60 : 180) + noise));
        }
    }
    QVERIFY(imaging::writeGreyImage(kSide, kSide, pixels, file).has_value());
}

void writePatient(const fs::path& folder, int seed, bool spot, int views = 8) {
    for (int v = 1; v <= views; ++v)
        writeView(folder / ("view_" + std::to_string(v) + ".png"), seed, spot, v);
}

void writeText(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

constexpr const char* kPlan = R"({
  "schema_version": 1, "name": "spots", "version": "1.0.0", "intended_use": "tests", "training_data": "made up",
  "licence": "Apache-2.0", "task": "classification", "architecture": "view-pool",
  "architecture_options": {"channels": [4, 8], "convolutions": 1, "hidden": 8},
  "inputs": ["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8"], "spacing_mm": [], "patch": [16, 16], "overlap": 0.0,
  "missing_input": "refuse", "normalisation": {"method": "zscore", "low_percentile": 0, "high_percentile": 100},
  "nested": true, "outputs": [{"name": "aneurysm"}, {"name": "MCA"}], "labels": [],
  "training": {"steps": 30, "steps_per_epoch": 15, "batch": {"size": 4, "patch": [16, 16]}, "losses": [{"name": "bce"}],
    "optimiser": {"name": "adam", "learning_rate": 0.02}, "schedule": {"name": "constant"}, "seed": 3,
    "augmentation": {"flip": 0.0, "rotate": 0.0, "scale": 0.0, "contrast": 0.0, "gamma": 0.0, "noise": 0.0,
                     "blur": 0.0, "low_resolution": 0.0, "drop_one": 0.0, "drop_two": 0.0},
    "validation": {"folds": 2, "fold": -1}}})";

/// One element of a DICOM file, explicit little endian. (Not with QByteArray: this program also holds Qt 5, through
/// LibTorch, and functions of the same name that a build without optimisation exports would meet.)
std::string element(unsigned group, unsigned number, const char* vr, std::string value) {
    const auto half = [](std::size_t v) {
        return std::string{static_cast<char>(v & 0xFFU), static_cast<char>(v >> 8U & 0xFFU)};
    };
    if (value.size() % 2 != 0)
        value += std::string(vr) == "UI" ? '\0' : ' ';
    const bool pixels = std::string(vr) == "OW";
    return half(group) + half(number) + vr + (pixels ? std::string(2, '\0') : std::string()) + half(value.size()) +
           (pixels ? half(value.size() >> 16U) : std::string()) + value;
}

std::string word(unsigned value) { return {static_cast<char>(value & 0xFFU), static_cast<char>(value >> 8U & 0xFFU)}; }

std::string number(double value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

/// A frame of a C-arm: 8 x 6 pixels, all but one of them `value`.
std::string frame(int instance, unsigned value, std::optional<double> primary, std::optional<double> secondary,
                  const std::string& modality = "XA") {
    const std::string xa = "1.2.840.10008.5.1.4.1.1.12.1";
    const std::string uid = "1.2.9." + std::to_string(instance);
    const std::string meta =
        element(2, 2, "UI", xa) + element(2, 3, "UI", uid) + element(2, 0x10, "UI", "1.2.840.10008.1.2.1");
    std::string pixels;
    for (int n = 0; n < 48; ++n)
        pixels += word(n == 10 ? value + 100 : value);
    return std::string(128, '\0') + "DICM" + element(2, 0, "UL", word(static_cast<unsigned>(meta.size())) + word(0)) +
           meta + element(8, 0x16, "UI", xa) + element(8, 0x18, "UI", uid) + element(8, 0x60, "CS", modality) +
           (primary ? element(0x18, 0x1510, "DS", number(*primary)) : "") +
           (secondary ? element(0x18, 0x1511, "DS", number(*secondary)) : "") + element(0x20, 0x0D, "UI", "1.2.3") +
           element(0x20, 0x0E, "UI", "1.2.3.4") + element(0x20, 0x13, "IS", std::to_string(instance)) +
           element(0x28, 2, "US", word(1)) + element(0x28, 4, "CS", "MONOCHROME2") +
           element(0x28, 0x10, "US", word(6)) + element(0x28, 0x11, "US", word(8)) +
           element(0x28, 0x100, "US", word(16)) + element(0x28, 0x101, "US", word(16)) +
           element(0x28, 0x102, "US", word(15)) + element(0x28, 0x103, "US", word(0)) +
           element(0x7FE0, 0x10, "OW", pixels);
}

/// Eight frames, named 1.dcm to 8.dcm; frame n holds the value 100 n.
void writeFrames(const fs::path& folder, const std::vector<std::optional<double>>& primary,
                 const std::vector<std::optional<double>>& secondary) {
    fs::create_directories(folder);
    for (std::size_t n = 0; n < primary.size(); ++n) {
        const int instance = static_cast<int>(n) + 1;
        std::ofstream(folder / (std::to_string(instance) + ".dcm"), std::ios::binary)
            << frame(instance, 100U * static_cast<unsigned>(instance), primary[n], secondary[n]);
    }
}

/// Frames or slices, named NAME1, NAME2, ... without an ending.
void writeDicom(const fs::path& folder, int count, const std::string& modality, const std::string& name = "IM") {
    fs::create_directories(folder);
    for (int n = 1; n <= count; ++n)
        std::ofstream(folder / (name + std::to_string(n)), std::ios::binary) << frame(n, 100U, {}, {}, modality);
}

/// Pictures named NAME1.png, NAME2.png, ...
void writePictures(const fs::path& folder, int count, const std::string& name) {
    for (int n = 1; n <= count; ++n)
        writeView(folder / (name + std::to_string(n) + ".png"), 1, false, n);
}

std::string errorOf(const fs::path& folder) {
    const auto found = findViewSets(folder);
    return found ? std::string() : found.error().message.id;
}

std::string namesOf(const ViewSet& set) {
    std::string names;
    for (const auto& view : set.views)
        names += view.stem().string();
    return names;
}

/// Whose pictures bear the name of a line.
std::string folderOf(const ViewSets& sets, const std::string& name) {
    for (const auto& set : sets.sets) {
        if (set.name == name)
            return set.folder.filename().string();
    }
    return {};
}

std::string idOf(const ViewSets& sets, const std::string& name) {
    for (const auto& [who, reason] : sets.leftOut) {
        if (who == name)
            return reason.id;
    }
    return {};
}

} // namespace

class TestViewSets : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_root;

    /// On one processor thread, from the cache into a run folder and a bundle beside it.
    learning::TrainingOptions trainingOf(const PrepareOptions& prepared, const std::string& run) const {
        learning::setComputeThreads(1);
        learning::TrainingOptions training;
        training.plan = prepared.plan;
        training.cache = prepared.cache;
        training.runFolder = m_root / run;
        training.bundle = m_root / (run + "-bundle");
        training.device = learning::Device::Cpu;
        return training;
    }

private Q_SLOTS:
    void initTestCase() { m_root = m_folder.path().toStdString(); }

    void foldersOfPatientsMeetTheirLines() {
        const auto root = m_root / "folders";
        for (int n = 1; n <= 4; ++n)
            writePatient(root / ("patient_000" + std::to_string(n)), n, n % 2 == 0);
        writePatient(root / "patient_0005", 5, false, 7);
        writePatient(root / "patient_0006", 6, false);
        writePatient(root / "patient_0007", 7, false);
        // As a spreadsheet saves it: a mark at the start, line ends of another system, numbers instead of names.
        writeText(root / "labels.csv",
                  "\xEF\xBB\xBFIndex,Aneurysm,\"MCA\",ICA\r\n1,0,,\r\n2,1,1,0\r\n3,0,0,0\r\n4,1,0,1\r\n5,"
                  "0,0,0\r\n7,perhaps,0,0\r\n9,1,0,0\r\n");
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QVERIFY(looksLikeViewSets(root));
        QVERIFY(!found->synthetic);
        QCOMPARE(found->columns, (std::vector<std::string>{"Aneurysm", "MCA", "ICA"}));
        QCOMPARE(found->sets.size(), std::size_t{4});
        QCOMPARE(found->sets[1].name, std::string("2"));
        QCOMPARE(found->sets[1].truth.at("MCA"), std::optional<bool>(true));
        QVERIFY(!found->sets[0].truth.at("MCA").has_value());
        QCOMPARE(idOf(*found, "patient_0005"), std::string("workflow.views_not_eight"));
        QCOMPARE(idOf(*found, "patient_0006"), std::string("workflow.views_without_line"));
        QCOMPARE(idOf(*found, "patient_0007"), std::string("workflow.views_line_unreadable"));
        QCOMPARE(idOf(*found, "9"), std::string("workflow.views_line_without_pictures"));
    }

    void filesInARowArePatientsOfEight() {
        const auto named = m_root / "named";
        for (int v = 1; v <= 8; ++v) {
            writeView(named / ("12_" + std::to_string(v) + ".png"), 12, true, v);
            writeView(named / ("3-view" + std::to_string(v) + ".png"), 3, false, v);
        }
        writeText(named / "table.csv", "Index,Aneurysm\n3,0\n12,1\n");
        const auto runs = findViewSets(named);
        QVERIFY(runs.has_value());
        QCOMPARE(runs->sets.size(), std::size_t{2});
        QCOMPARE(runs->sets[0].name, std::string("3"));
        QCOMPARE(runs->sets[1].views[7].filename().string(), std::string("12_8.png"));

        const auto plain = m_root / "plain";
        for (int n = 1; n <= 16; ++n)
            writeView(plain / "images" / ("IM" + std::to_string(n) + ".png"), n, false, n);
        writeText(plain / "table.csv", "Index,Aneurysm\nA,0\nB,1\n");
        const auto order = findViewSets(plain);
        QVERIFY(order.has_value());
        QCOMPARE(order->sets.size(), std::size_t{2});
        QCOMPARE(order->sets[1].name, std::string("B"));
        // Numbers count as numbers: IM9 comes before IM10.
        QCOMPARE(order->sets[1].views.front().filename().string(), std::string("IM9.png"));
        QCOMPARE(order->sets[1].views.back().filename().string(), std::string("IM16.png"));
    }

    void theNumberAloneDoesNotMakeAPatientAnother() {
        const auto root = m_root / "hospitals";
        writePatient(root / "hospA_1", 1, true);
        writePatient(root / "hospB_1", 2, false);
        writePatient(root / "hospB_2", 3, false);
        writePatient(root / "Case_03", 4, false);
        writePatient(root / "p4", 5, false);
        writePatient(root / "hospA_patient_05", 6, false);
        writeText(root / "labels.csv", "Index,Aneurysm\nhospA_1,1\nhospC_2,1\nPatient 3,0\n4,1\nhospA_5,0\n");
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QCOMPARE(found->sets.size(), std::size_t{4});
        QCOMPARE(folderOf(*found, "hospA_1"), std::string("hospA_1"));
        QCOMPARE(folderOf(*found, "Patient 3"), std::string("Case_03"));
        QCOMPARE(folderOf(*found, "4"), std::string("p4"));
        QCOMPARE(folderOf(*found, "hospA_5"), std::string("hospA_patient_05"));
        QCOMPARE(idOf(*found, "hospB_1"), std::string("workflow.views_line_unsure"));
        QCOMPARE(idOf(*found, "hospB_2"), std::string("workflow.views_line_unsure"));
        QCOMPARE(idOf(*found, "hospC_2"), std::string("workflow.views_line_without_pictures"));
        // Opened alone they know as much.
        QVERIFY(findViewSets(root / "hospB_1")->sets.front().truth.empty());
        QVERIFY(!findViewSets(root / "hospA_1")->sets.front().truth.empty());
    }

    void aNumberThatTwoBearBelongsToNeither() {
        const auto folders = m_root / "two-folders";
        writePatient(folders / "a1", 1, true);
        writePatient(folders / "b1", 2, false);
        writeText(folders / "labels.csv", "Index,Aneurysm\n1,1\n");
        const auto sets = findViewSets(folders);
        QVERIFY(sets.has_value());
        QVERIFY(sets->sets.empty());
        QCOMPARE(idOf(*sets, "a1"), std::string("workflow.views_line_unsure"));
        QCOMPARE(idOf(*sets, "b1"), std::string("workflow.views_line_unsure"));
        QVERIFY(findViewSets(folders / "a1")->sets.front().truth.empty());
        const auto lines = m_root / "two-lines";
        writePatient(lines / "p1", 1, true);
        writeText(lines / "labels.csv", "Index,Aneurysm\n1,1\npatient_1,0\n");
        QVERIFY(findViewSets(lines)->sets.empty());
    }

    void aLineIsUsedOnce() {
        const auto root = m_root / "once";
        for (int v = 1; v <= 8; ++v) {
            writeView(root / ("12_" + std::to_string(v) + ".png"), 12, true, v);
            writeView(root / ("12-x_" + std::to_string(v) + ".png"), 13, true, v);
            writeView(root / ("12-view" + std::to_string(v) + ".png"), 14, true, v);
        }
        writeText(root / "labels.csv", "Index,Aneurysm\n12,1\n12-x,0\n");
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QCOMPARE(found->sets.size(), std::size_t{2});
        QCOMPARE(idOf(*found, "12"), std::string("workflow.views_line_taken"));
    }

    void aMissingPictureDoesNotShiftTheOthers() {
        const auto root = m_root / "shifted";
        for (int n = 1; n <= 32; ++n) {
            if (n != 3)
                writeView(root / ("img" + std::to_string(100 + n) + ".png"), n, false, n);
        }
        writeText(root / "labels.csv", "Index,Aneurysm\n1,0\n2,1\n3,0\n4,1\n4,1\n");
        const auto refused = findViewSets(root);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message.id, std::string("workflow.views_not_eight_a_line"));
        QCOMPARE(refused.error().message.parameters.at("views"), std::string("31"));
        QCOMPARE(refused.error().message.parameters.at("lines"), std::string("4"));
        writeView(root / "img103.png", 3, false, 3);
        const auto whole = findViewSets(root);
        QVERIFY(whole.has_value());
        QCOMPARE(whole->sets.size(), std::size_t{4});
        QVERIFY(whole->leftOut.empty());
    }

    void linesThatContradictEachOtherLeaveThePatientOut() {
        const auto root = m_root / "contradiction";
        for (const char* const name : {"p1", "p2", "p3"})
            writePatient(root / name, 1, true);
        writeText(root / "labels.csv", "Index,Aneurysm,Age\np1,1,54\np2,1,60\np1,0,54\np2,yes,61\np3,0,9\n");
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QCOMPARE(found->sets.size(), std::size_t{2});
        QCOMPARE(found->leftOut.size(), std::size_t{1});
        QCOMPARE(idOf(*found, "p1"), std::string("workflow.views_line_contradicted"));
        QCOMPARE(found->sets[0].truth.at("Aneurysm"), std::optional<bool>(true));
        QVERIFY(findViewSets(root / "p1")->sets.front().truth.empty());
    }

    void aQuoteThatIsNeverClosedCostsItsLine() {
        const auto root = m_root / "unclosed";
        writePatient(root / "p1", 1, true);
        writePatient(root / "p2", 2, false);
        writePatient(root / "p3", 3, false);
        writeText(root / "labels.csv", "Index,Aneurysm,Comment\np1,1,fine\np2,0,\"not closed\np3,0,fine\n");
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QCOMPARE(found->sets.size(), std::size_t{1});
        QCOMPARE(idOf(*found, "p2"), std::string("workflow.views_line_unreadable"));
        QCOMPARE(idOf(*found, "p3"), std::string("workflow.views_without_line"));
    }

    void tablesOfOtherProgramsAreRead_data() {
        QTest::addColumn<QString>("table");
        QTest::newRow("semicolons") << "Index;Aneurysm;MCA\np1;1;0\np2;0;\n";
        QTest::newRow("tabs") << "Index\tAneurysm\tMCA\np1\t1\t0\np2\t0\t\n";
        QTest::newRow("bars") << "Index|Aneurysm|MCA\np1|1|0\np2|0|\n";
        QTest::newRow("line ends of an old Mac") << "Index,Aneurysm,MCA\rp1,1,0\rp2,0,\r";
        QTest::newRow("line ends of Windows") << "Index;Aneurysm;MCA\r\np1;1;0\r\n\r\np2;0;\r\n";
        QTest::newRow("columns of other things")
            << "Age,Index,Aneurysm,Comment,MCA\n54,p1,1,\"fine, now\",0\n61,p2,0,,\n";
    }
    void tablesOfOtherProgramsAreRead() {
        QFETCH(QString, table);
        const auto root = m_root / "programs" / QTest::currentDataTag();
        writePatient(root / "p1", 1, true);
        writePatient(root / "p2", 2, false);
        writeText(root / "labels.csv", table.toStdString());
        QVERIFY(looksLikeViewSets(root));
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QCOMPARE(found->columns, (std::vector<std::string>{"Aneurysm", "MCA"}));
        QCOMPARE(found->sets.size(), std::size_t{2});
        QCOMPARE(found->sets[0].truth.at("Aneurysm"), std::optional<bool>(true));
        QCOMPARE(found->sets[0].truth.at("MCA"), std::optional<bool>(false));
        QVERIFY(!found->sets[1].truth.at("MCA").has_value());
    }

    void aTableThatCannotBeReadIsNamed() {
        const auto root = m_root / "unread";
        writePatient(root / "p1", 1, true);
        writePatient(root / "p2", 2, false);
        std::string wide = "\xFF\xFE";
        for (const char c : std::string("Index\tAneurysm\r\np1\t1\r\np2\t0\r\n")) {
            wide += c;
            wide += '\0';
        }
        writeText(root / "labels.csv", wide);
        QVERIFY(looksLikeViewSets(root));
        QCOMPARE(errorOf(root), std::string("workflow.views_table_wide"));
        QCOMPARE(findViewSets(root).error().message.parameters.at("file"), (root / "labels.csv").string());
        writeText(root / "labels.csv", "Patient;Aneurysm\np1;1\np2;0\n");
        QVERIFY(looksLikeViewSets(root));
        QCOMPARE(errorOf(root), std::string("workflow.views_table_no_index"));
        // A table that is not about aneurysms leaves the truth unknown, and one that can be read is enough.
        writeText(root / "notes.csv", "Patient;Age\np1;54\np2;61\n");
        writeText(root / "truth.csv", "Index,Aneurysm\np1,1\np2,0\n");
        QCOMPARE(findViewSets(root)->table.filename().string(), std::string("truth.csv"));
        fs::remove(root / "truth.csv");
        fs::remove(root / "labels.csv");
        QVERIFY(findViewSets(root)->table.empty());
        QCOMPARE(findViewSets(root)->sets.size(), std::size_t{2});
    }

    void ofSeveralTablesTheOneOfThesePatientsCounts() {
        const auto root = m_root / "several";
        for (const char* const name : {"p1", "p2", "p3"})
            writePatient(root / name, 1, true);
        writeText(root / "a-ages.csv", "Index,Age\np1,54\np2,61\np3,70\n");
        writeText(root / "b-others.csv", "Index,Aneurysm,ICA,MCA\nq8,1,0,0\np2,0,0,0\n");
        writeText(root / "labels.csv", "Index,Aneurysm\np1,1\np2,0\n");
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QCOMPARE(found->table.filename().string(), std::string("labels.csv"));
        QCOMPARE(found->sets.size(), std::size_t{2});
    }

    void onePatientAlone() {
        const auto set = m_root / "set";
        writePatient(set / "p1", 1, true);
        writeText(set / "labels.csv", "Index,Aneurysm,MCA\np1,1,0\n");
        writeText(set / "README.txt", "Synthetic eight-view angiography made by Sulcus (seed 1).\n");
        const auto one = findViewSets(set / "p1");
        QVERIFY(one.has_value());
        QCOMPARE(one->sets.size(), std::size_t{1});
        QVERIFY(one->synthetic);
        QCOMPARE(one->sets[0].name, std::string("p1"));
        QCOMPARE(one->sets[0].truth.at("Aneurysm"), std::optional<bool>(true));
        QVERIFY(looksLikeViewSets(set / "p1"));
        const auto views = readViews(one->sets[0], TaskContext());
        QVERIFY(views.has_value());
        QCOMPARE(views->size(), std::size_t{8});
        QCOMPARE(views->front().width, kSide);
        // In the synthetic rule of writeView the middle of the spot is dark and the rest is not.
        QVERIFY(views->front().values[8 * kSide + 6] < 100.0F);
        QVERIFY(views->front().values[15 * kSide + 15] > 150.0F);
    }

    void anglesInTheFilesDecideTheOrder() {
        // Frames 3 and 6 share a primary angle: the tilt decides between them.
        const auto folder = m_root / "angles";
        writeFrames(folder, {10.0, -90.0, 45.0, 0.0, 90.0, 45.0, -30.5, 20.0},
                    {{}, 0.0, 20.0, 0.0, 0.0, -20.0, 0.0, 0.0});
        const auto found = findViewSets(folder);
        QVERIFY(found.has_value());
        const auto& set = found->sets.front();
        QCOMPARE(namesOf(set), std::string("27418635"));
        QCOMPARE(set.angles.size(), std::size_t{8});
        QCOMPARE(set.angles[0].primary, -90.0);
        QCOMPARE(set.angles[1].primary, -30.5);
        QCOMPARE(set.angles[5].secondary, std::optional<double>(-20.0));
        QVERIFY(!set.angles[3].secondary.has_value());
        QVERIFY(!found->synthetic);
        // The pictures come in that order, too: frame 2 first.
        const auto views = readViews(set, TaskContext());
        QVERIFY(views.has_value());
        QCOMPARE(views->front().values.front(), 200.0F);
        // In a folder of patients as well.
        const auto many = m_root / "angled-patients";
        writeFrames(many / "p1", {80.0, 70.0, 60.0, 50.0, 40.0, 30.0, 20.0, 10.0},
                    std::vector<std::optional<double>>(8));
        writeText(many / "labels.csv", "Index,Aneurysm\np1,1\n");
        const auto patients = findViewSets(many);
        QVERIFY(patients.has_value());
        QCOMPARE(namesOf(patients->sets.front()), std::string("87654321"));
    }

    void oneFileWithoutAnAngleLeavesTheOrderToTheNames() {
        const auto folder = m_root / "half-angles";
        writeFrames(folder, {80.0, 70.0, 60.0, {}, 40.0, 30.0, 20.0, 10.0}, std::vector<std::optional<double>>(8));
        const auto found = findViewSets(folder);
        QVERIFY(found.has_value());
        QCOMPARE(namesOf(found->sets.front()), std::string("12345678"));
        QVERIFY(found->sets.front().angles.empty());
    }

    /// As archives name them: IM0001, or a bare UID.
    void dicomWithoutAnEndingIsAPicture() {
        const auto folder = m_root / "archive";
        writeFrames(folder, {10.0, -90.0, 45.0, 0.0, 90.0, 60.0, -30.5, 20.0}, std::vector<std::optional<double>>(8));
        for (int n = 1; n <= 8; ++n)
            fs::rename(folder / (std::to_string(n) + ".dcm"),
                       folder / (n < 5 ? "IM" + std::to_string(n) : "1.2.9." + std::to_string(n)));
        // Neither a directory file of DICOM nor a note is a view.
        fs::copy(folder / "IM1", folder / "DICOMDIR");
        writeText(folder / "README", "eight runs of one patient, taken in the order of the table");
        QVERIFY(looksLikeViewSets(folder));
        const auto found = findViewSets(folder);
        QVERIFY(found.has_value());
        const auto& set = found->sets.front();
        QCOMPARE(set.views.size(), std::size_t{8});
        QCOMPARE(set.views.front().filename().string(), std::string("IM2"));
        QCOMPARE(set.views.back().filename().string(), std::string("1.2.9.5"));
        QCOMPARE(set.angles.front().primary, -90.0);
        const auto views = readViews(set, TaskContext());
        QVERIFY(views.has_value());
        QCOMPARE(views->front().values.front(), 200.0F);
    }

    void aMarkInThePicturesTravelsWithThem() {
        const auto write = [](const fs::path& folder, int marked) {
            fs::create_directories(folder);
            for (int v = 1; v <= 8; ++v) {
                std::vector<std::uint8_t> pixels(kSide * kSide, 180);
                pixels[static_cast<std::size_t>(v)] = 20;
                QVERIFY(imaging::writeGreyImage(kSide, kSide, pixels, folder / (std::to_string(v) + ".png"),
                                                v <= marked ? "synthetic, made by a test" : "an X-ray machine")
                            .has_value());
            }
        };
        const auto set = m_root / "marked";
        write(set / "p1", 8);
        write(set / "p2", 0);
        write(set / "p3", 7);
        const auto all = findViewSets(set);
        QVERIFY(all.has_value());
        QVERIFY(all->sets[0].synthetic);
        QVERIFY(!all->sets[1].synthetic);
        // One picture that says nothing could be somebody's.
        QVERIFY(!all->sets[2].synthetic);
        QVERIFY(!all->synthetic);
        fs::create_directories(m_root / "elsewhere");
        fs::copy(set / "p1", m_root / "elsewhere/copied");
        const auto copied = findViewSets(m_root / "elsewhere/copied");
        QVERIFY(copied.has_value());
        QVERIFY(copied->synthetic);
        QVERIFY(copied->sets.front().synthetic);
    }

    void otherFoldersAreNotTaken() {
        const auto other = m_root / "other";
        writeText(other / "notes.csv", "name,value\na,1\n");
        writeView(other / "one.png", 1, false, 1);
        QVERIFY(!looksLikeViewSets(other));
        const auto found = findViewSets(other);
        QVERIFY(!found);
        QCOMPARE(found.error().message.id, std::string("workflow.views_wrong_number"));
        QVERIFY(!looksLikeViewSets(m_root / "nowhere"));
        QVERIFY(!findViewSets(m_root / "nowhere"));
    }

    void aFolderWithinAFolderIsFollowed() {
        const auto root = m_root / "within";
        writeDicom(root / "dcm/IM", 8, "XA");
        writeText(root / "dcm/DICOMDIR", "a list of files");
        writeText(root / "dcm/README.txt", "how to read this disc");
        QVERIFY(looksLikeViewSets(root / "dcm"));
        const auto one = findViewSets(root / "dcm");
        QVERIFY(one.has_value());
        QCOMPARE(one->sets.size(), std::size_t{1});
        QCOMPARE(one->sets.front().name, std::string("IM"));
        // One more folder round it.
        QVERIFY(looksLikeViewSets(root));
        QVERIFY(findViewSets(root).has_value());
        // An archive that was unpacked into a folder of its own name.
        const auto packed = m_root / "packed";
        writePatient(packed / "set/p1", 1, true);
        writePatient(packed / "set/p2", 2, false);
        writeText(packed / "set/labels.csv", "Index,Aneurysm\np1,1\np2,0\n");
        QVERIFY(looksLikeViewSets(packed));
        const auto set = findViewSets(packed);
        QVERIFY(set.has_value());
        QCOMPARE(set->sets.size(), std::size_t{2});
        QCOMPARE(set->sets.front().truth.at("Aneurysm"), std::optional<bool>(true));
        // A volume beside the folder is what is meant.
        writeText(root / "dcm/scan.nii", "a volume");
        QVERIFY(!looksLikeViewSets(root / "dcm"));
    }

    void oneIncompletePatientDoesNotHideTheOthers() {
        const auto root = m_root / "first-incomplete";
        writePatient(root / "p1", 1, true, 5);
        fs::create_directories(root / "p0");
        writePatient(root / "p2", 2, false);
        writeText(root / "labels.csv", "Index,Aneurysm\np1,1\np2,0\n");
        QVERIFY(looksLikeViewSets(root));
        const auto found = findViewSets(root);
        QVERIFY(found.has_value());
        QCOMPARE(found->sets.size(), std::size_t{1});
        QCOMPARE(idOf(*found, "p1"), std::string("workflow.views_not_eight"));
        // Where all are incomplete the table says what they are, and the reason can be told.
        fs::remove(root / "p2/view_8.png");
        QVERIFY(looksLikeViewSets(root));
        QVERIFY(findViewSets(root)->sets.empty());
        QCOMPARE(findViewSets(root)->leftOut.size(), std::size_t{2});
    }

    void sevenViewsAreRefusedWhereTheyAreViewsForSure() {
        const auto root = m_root / "seven";
        writeDicom(root / "xa", 7, "XA");
        writeDicom(root / "rf/IM", 7, "RF");
        writePictures(root / "named", 7, "12_");
        writePictures(root / "views", 7, "p3-view");
        writePictures(root / "set/p4", 7, "picture");
        writeText(root / "set/labels.csv", "Index,Aneurysm\np4,1\n");
        for (const char* const folder : {"xa", "rf", "named", "views", "set/p4"}) {
            QVERIFY2(looksLikeViewSets(root / folder), folder);
            QCOMPARE(errorOf(root / folder), std::string("workflow.views_wrong_number"));
        }
        // Anything else may be slices of a volume, and stays what it was.
        writePictures(root / "slices", 7, "slice_");
        writePictures(root / "numbers", 7, "");
        writePictures(root / "interviews", 7, "interview");
        writeDicom(root / "ct", 7, "CT");
        writeDicom(root / "other", 7, "OT");
        writeDicom(root / "single", 1, "XA");
        writeDicom(root / "cine", 60, "XA");
        for (const char* const folder : {"slices", "numbers", "interviews", "ct", "other", "single", "cine"})
            QVERIFY2(!looksLikeViewSets(root / folder), folder);
    }

    void patientsWithoutATableAreTakenWhereTheyAreViewsForSure() {
        const auto root = m_root / "tableless";
        writeDicom(root / "xa/anna", 8, "XA");
        writeDicom(root / "xa/bert", 8, "XA");
        QVERIFY(looksLikeViewSets(root / "xa"));
        const auto found = findViewSets(root / "xa");
        QVERIFY(found.has_value());
        QCOMPARE(found->sets.size(), std::size_t{2});
        QVERIFY(found->sets.front().truth.empty());
        writePatient(root / "png/p1", 1, true);
        writePatient(root / "png/p2", 2, true, 6);
        QVERIFY(looksLikeViewSets(root / "png"));
        // Folders of slices, of masks beside pictures, and of BraTS cases are none.
        writePictures(root / "slices/a", 8, "slice_");
        writePictures(root / "slices/b", 8, "slice_");
        writePictures(root / "pairs/2d_images", 8, "ID_");
        writePictures(root / "pairs/2d_masks", 8, "ID_");
        writeDicom(root / "ct/a", 8, "CT");
        writeDicom(root / "ct/b", 8, "CT");
        for (const char* const name : {"BraTS_001", "BraTS_002"})
            writeText(root / "brats" / name / (std::string(name) + "_flair.nii.gz"), "a volume");
        for (const char* const folder : {"slices", "pairs", "ct", "brats"})
            QVERIFY2(!looksLikeViewSets(root / folder), folder);
    }

    void slicesOfDicomAreNeverTaken() {
        const auto root = m_root / "series";
        // As an archive names them, and more of them than may be looked at.
        writeDicom(root / "ct/DICOM", 500, "CT");
        writeDicom(root / "eight", 8, "MR");
        writeDicom(root / "listed", 30, "CT");
        writeText(root / "listed/slices.csv", "Index,Place\n1,2\n");
        for (const char* const folder : {"ct", "ct/DICOM", "eight", "listed"})
            QVERIFY2(!looksLikeViewSets(root / folder), folder);
    }

    void prepareTrainClassifyEvaluate() {
        const auto data = m_root / "data";
        std::string table = "Index,Aneurysm,MCA\n";
        for (int n = 1; n <= 12; ++n) {
            writePatient(data / ("p" + std::to_string(n)), n, n % 2 == 0);
            table += "p" + std::to_string(n) + (n % 2 == 0 ? ",1," : ",0,") + (n % 4 == 0 ? "1\n" : "\n");
        }
        writePatient(data / "p13", 4, true); // the very pictures of p4
        table += "p13,1,0\n";
        // A flat view can teach nothing.
        writePatient(data / "p14", 14, false);
        QVERIFY(
            imaging::writeGreyImage(kSide, kSide, std::vector<std::uint8_t>(kSide * kSide, 9), data / "p14/view_3.png")
                .has_value());
        table += "p14,0,0\n";
        writeText(data / "labels.csv", table);
        writeText(m_root / "plan.json", kPlan);
        PrepareOptions prepareOptions;
        prepareOptions.plan = m_root / "plan.json";
        prepareOptions.data = {data};
        prepareOptions.cache = m_root / "cache";
        const auto prepared = prepare(prepareOptions, TaskContext());
        QVERIFY2(prepared.has_value(), prepared ? "" : prepared.error().message.id.c_str());
        QCOMPARE(prepared->samples.size(), std::size_t{12});
        QCOMPARE(prepared->leftOut.size(), std::size_t{2});
        QCOMPARE(prepared->leftOut[0].reason.id, std::string("workflow.prepare_duplicate"));
        QCOMPARE(prepared->leftOut[1].reason.id, std::string("learning.image_empty"));
        const auto plan = learning::readPlan(prepareOptions.plan);
        const auto cache = learning::readCache(prepareOptions.cache, plan->spec);
        QVERIFY(cache.has_value());
        // The plan says "aneurysm", the table "Aneurysm": the same column.
        QCOMPARE(cache->samples[3].classes, (std::vector<unsigned char>{1, 1}));
        QCOMPARE(cache->samples[1].classes, (std::vector<unsigned char>{1, 0}));
        QCOMPARE(cache->leftOut.size(), std::size_t{2});

        const auto training = trainingOf(prepareOptions, "run");
        const auto trained = learning::train(training, {}, TaskContext());
        QVERIFY2(trained.has_value(), trained ? "" : trained.error().message.id.c_str());

        // Here everybody was trained on: there is nobody to compare on.
        QVERIFY(!learning::darkestSpotOfRun(training, TaskContext()).has_value());

        ClassifyOptions options;
        options.bundle = training.bundle;
        options.device = DeviceChoice::Cpu;
        options.heatMaps = true;
        const auto sets = findViewSets(data);
        const auto answer = classify(sets->sets[1], options, TaskContext());
        QVERIFY(answer.has_value());
        QCOMPARE(answer->outputs.size(), std::size_t{2});
        QCOMPARE(answer->outputs[0].name, std::string("aneurysm"));
        QCOMPARE(answer->heatMaps.size(), std::size_t{8});
        QCOMPARE(answer->truth.at("aneurysm"), std::optional<bool>(true));
        QCOMPARE(answer->bundleName, std::string("spots"));
        const auto json = nlohmann::json::parse(toJson(*answer));
        QVERIFY(!json["synthetic"].get<bool>());
        QVERIFY(json["warnings"].is_array());
        QCOMPARE(json["outputs"][0]["name"].get<std::string>(), std::string("aneurysm"));

        // Nothing says that this network knows synthetic pictures alone; a copy of it says so.
        const auto warned = [](const ClassifiedViews& said, const char* id) {
            return std::any_of(said.warnings.begin(), said.warnings.end(),
                               [&](const Message& m) { return m.id == id; });
        };
        QVERIFY(!warned(*answer, "learning.warn_synthetic_training"));
        QVERIFY(!warned(*answer, "learning.warn_same_views"));
        auto made = options;
        made.bundle = m_root / "made-up-bundle";
        fs::copy(options.bundle, made.bundle);
        std::ifstream in(made.bundle / "bundle.json");
        auto document = nlohmann::ordered_json::parse(in);
        document["training_data"] = "Synthetic only: pictures of this test.";
        writeText(made.bundle / "bundle.json", document.dump());
        QVERIFY(learning::sealBundle(made.bundle).has_value());
        auto set = sets->sets[1];
        const auto real = classify(set, made, TaskContext());
        QVERIFY(real.has_value());
        QVERIFY(warned(*real, "learning.warn_synthetic_training"));
        set.synthetic = true;
        QVERIFY(!warned(*classify(set, made, TaskContext()), "learning.warn_synthetic_training"));
        set.views[3] = set.views[0];
        QVERIFY(warned(*classify(set, made, TaskContext()), "learning.warn_same_views"));
        // Of a whole set it would be the same line for each.
        const auto lines = evaluateClasses({data}, made, TaskContext());
        QVERIFY(lines.has_value());
        QVERIFY(!warned(*lines->rows.back().answer, "learning.warn_synthetic_training"));

        const auto evaluation = evaluateClasses({data}, options, TaskContext());
        QVERIFY(evaluation.has_value());
        QCOMPARE(evaluation->rows.size(), std::size_t{14});
        QVERIFY(evaluation->rows.front().problem.has_value()); // p14
        QVERIFY(evaluation->rows[1].loss >= evaluation->rows.back().loss);
        QCOMPARE(evaluation->metrics[0].positives, std::size_t{7});
        QVERIFY2(evaluation->metrics[0].area.value() > 0.9, qPrintable(QString::number(*evaluation->metrics[0].area)));
        QVERIFY(evaluation->metrics[0].areaInterval.has_value());
        // Here the darkest spot tells everything.
        QCOMPARE(evaluation->baseline.area.value(), 1.0);
        const auto csv = toCsv(*evaluation);
        QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), 15);
        QVERIFY(csv.starts_with("patient,probability_aneurysm,truth_aneurysm,probability_MCA,truth_MCA,problem"));
    }

    void aTrainingEndsWithItsSimplestRival() {
        const auto data = m_root / "rival";
        std::string table = "Index,Aneurysm,MCA\n";
        for (int n = 1; n <= 12; ++n) {
            writePatient(data / ("p" + std::to_string(n)), n, n % 2 == 0);
            table += "p" + std::to_string(n) + (n % 2 == 0 ? ",1,0\n" : ",0,0\n");
        }
        writeText(data / "labels.csv", table);
        writeText(m_root / "plan.json", kPlan);
        PrepareOptions prepareOptions;
        prepareOptions.plan = m_root / "plan.json";
        prepareOptions.data = {data};
        prepareOptions.cache = m_root / "rival-cache";
        QVERIFY(prepare(prepareOptions, TaskContext()).has_value());
        auto training = trainingOf(prepareOptions, "rival-run");
        training.steps = 2;
        training.fold = 0;
        QVERIFY(learning::train(training, {}, TaskContext()).has_value());
        const auto rival = learning::darkestSpotOfRun(training, TaskContext());
        QVERIFY(rival.has_value());
        QCOMPARE(rival->output, std::string("aneurysm"));
        QCOMPARE(rival->positives + rival->negatives, std::size_t{6}); // one of two folds
        // In these pictures the darkest spot tells everything, normalised or not.
        QCOMPARE(rival->area, std::optional<double>(1.0));
        std::ifstream log(training.runFolder / "run.log");
        const std::string diary((std::istreambuf_iterator<char>(log)), std::istreambuf_iterator<char>());
        QVERIFY(diary.find("darkest spot alone on the held-out patients: aneurysm AUC 1.0000") != std::string::npos);

        training.runFolder = m_root / "rival-folds";
        training.fold.reset();
        training.replace = true;
        const auto folds = learning::trainFolds(training, {0, 1}, {}, TaskContext());
        QVERIFY(folds.has_value());
        QCOMPARE(folds->folds[1].darkestSpot->area, std::optional<double>(1.0));
        std::ifstream csv(training.runFolder / "folds.csv");
        std::string head;
        std::getline(csv, head);
        QCOMPARE(head, std::string("fold,best_epoch,auc,auc_aneurysm,auc_MCA,darkest_spot_auc_aneurysm"));
        std::string first;
        std::getline(csv, first);
        QVERIFY2(first.ends_with(",1"), first.c_str());
    }

    void aMissingColumnIsNamed() {
        const auto data = m_root / "lacking";
        writePatient(data / "p1", 1, true);
        writeText(data / "labels.csv", "Index,Aneurysm\np1,1\n");
        writeText(m_root / "plan.json", kPlan);
        PrepareOptions options;
        options.plan = m_root / "plan.json";
        options.data = {data};
        options.cache = m_root / "lacking-cache";
        const auto lacking = prepare(options, TaskContext());
        QVERIFY(!lacking);
        QCOMPARE(lacking.error().message.id, std::string("workflow.views_no_column"));
        QCOMPARE(lacking.error().message.parameters.at("column"), std::string("MCA"));
        QVERIFY(!fs::exists(options.cache));
        fs::remove(data / "labels.csv");
        const auto noTable = prepare(options, TaskContext());
        QVERIFY(!noTable);
        QCOMPARE(noTable.error().message.id, std::string("workflow.views_no_table"));
    }

    void theDarkestSpotRanksByDarkness() {
        const auto with = [](float dark) {
            learning::Field view{1, 1, 112, 112, {1.0, 1.0, 1.0}, std::vector<float>(112 * 112, 200.0F)};
            for (int y = 40; y < 47; ++y)
                for (int x = 60; x < 67; ++x)
                    view.values[static_cast<std::size_t>(y * 112 + x)] = dark;
            return learning::darkestSpot({view});
        };
        QCOMPARE(with(30.0F), -30.0);
        QVERIFY(with(30.0F) > with(90.0F));
    }
};

QTEST_GUILESS_MAIN(TestViewSets)
#include "tst_view_sets.moc"
