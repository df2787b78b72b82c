// SPDX-License-Identifier: Apache-2.0
#include "tests/layout/layout_rules.h"
#include "ui/session/message_catalogue.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <map>
#include <regex>

using namespace sulcus;
namespace fs = std::filesystem;

namespace {

const fs::path kRoot = SULCUS_SOURCE_DIR;

QByteArray text(const layout::Violations& violations) {
    QByteArray all;
    for (const std::string& violation : violations)
        all += "\n" + QByteArray::fromStdString(violation);
    return all;
}

std::set<std::string> knownMessages() {
    std::set<std::string> known;
    for (const QString& id : session::messageIds())
        known.insert(id.toStdString());
    return known;
}

/// A tiny tree with one file, to see that a rule notices what it forbids.
class PlantedTree {
public:
    void add(const std::string& path, const std::string& content) const {
        const fs::path file = root() / path;
        fs::create_directories(file.parent_path());
        std::ofstream(file) << "// SPDX-License-Identifier: Apache-2.0\n" << content;
    }
    fs::path root() const { return m_folder.path().toStdString(); }

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void layersKnowOnlyWhatIsBelow() {
        const auto violations = layout::checkLayers(kRoot);
        QVERIFY2(violations.empty(), text(violations).constData());
    }
    void thirdPartyStopsAtItsOwner() {
        const auto violations = layout::checkThirdParty(kRoot);
        QVERIFY2(violations.empty(), text(violations).constData());
    }
    void sourcesFollowTheHouseStyle() {
        const auto violations = layout::checkStyle(kRoot);
        QVERIFY2(violations.empty(), text(violations).constData());
    }
    void topLevelHoldsOnlyWhatBelongsThere() {
        const auto violations = layout::checkTopLevel(kRoot);
        QVERIFY2(violations.empty(), text(violations).constData());
    }
    void noPatientImagesAndNoLargeFiles() {
        const auto violations = layout::checkFiles(kRoot);
        QVERIFY2(violations.empty(), text(violations).constData());
    }
    void everyMessageHasASentence() {
        const auto violations = layout::checkMessages(kRoot, knownMessages());
        QVERIFY2(violations.empty(), text(violations).constData());
    }
    void everyMessageIdStandsOnce() {
        // Two sentences under one id would hide one of them, without a warning from the compiler.
        std::map<std::string, std::string> seen;
        for (const auto& entry : fs::directory_iterator(kRoot / "ui/session/messages")) {
            const std::string file = entry.path().filename().string();
            std::ifstream lines(entry.path());
            static const std::regex id("SULCUS_MESSAGE\\(\"([^\"]+)\"");
            for (std::string line; std::getline(lines, line);) {
                std::smatch match;
                if (!std::regex_search(line, match, id))
                    continue;
                const auto [place, isNew] = seen.emplace(match[1], file);
                QVERIFY2(isNew, (match[1].str() + " in " + file + " and " + place->second).c_str());
            }
        }
        QVERIFY(!seen.empty());
    }
    void sourcesAreFormatted() {
        QString program = QStandardPaths::findExecutable("clang-format-14");
        if (program.isEmpty())
            QSKIP("clang-format-14 is not installed (Debian: clang-format-14)");
        QStringList arguments{"--dry-run", "-Werror"};
        for (const fs::path& file : layout::sourceFiles(kRoot))
            arguments << QString::fromStdString(file.string());
        QProcess process;
        process.start(program, arguments);
        QVERIFY(process.waitForFinished(120000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().left(4000).constData());
    }

    void plantedUpwardIncludeIsFound() {
        const PlantedTree tree;
        tree.add("core/workflow/workflow.h", "#pragma once\n");
        tree.add("core/imaging/bad.cpp", "#include \"core/workflow/workflow.h\"\n");
        QCOMPARE(layout::checkLayers(tree.root()).size(), std::size_t{1});
    }
    void plantedSidewaysIncludeIsFound() {
        const PlantedTree tree;
        tree.add("core/imaging/volume.h", "#pragma once\n");
        tree.add("core/learning/bad.cpp", "#include \"core/imaging/volume.h\"\n");
        QCOMPARE(layout::checkLayers(tree.root()).size(), std::size_t{1});
    }
    void plantedQtInCoreIsFound() {
        const PlantedTree tree;
        tree.add("core/base/bad.h", "#pragma once\n#include <QString>\n");
        QCOMPARE(layout::checkThirdParty(tree.root()).size(), std::size_t{1});
    }
    void plantedTorchThroughAHeaderIsFound() {
        const PlantedTree tree;
        tree.add("core/learning/network.h", "#pragma once\n#include <torch/torch.h>\n");
        tree.add("core/workflow/bad.cpp", "#include \"core/learning/network.h\"\n");
        QCOMPARE(layout::checkThirdParty(tree.root()).size(), std::size_t{1});
    }
    void plantedWidgetInSessionIsFound() {
        const PlantedTree tree;
        tree.add("ui/session/bad.cpp", "#include <QMainWindow>\n");
        QCOMPARE(layout::checkThirdParty(tree.root()).size(), std::size_t{1});
    }
    void plantedUnknownMessageIsFound() {
        const PlantedTree tree;
        tree.add("core/base/bad.cpp", "const char* id = \"imaging.never_written\";\n");
        QCOMPARE(layout::checkMessages(tree.root(), {"imaging.file_missing"}).size(), std::size_t{1});
    }
    void plantedHeaderWithoutGuardIsFound() {
        const PlantedTree tree;
        tree.add("core/base/bad.h", "int f();\n");
        QCOMPARE(layout::checkStyle(tree.root()).size(), std::size_t{1});
    }
    void plantedImageIsFound() {
        const PlantedTree tree;
        tree.add("models/scan.nii.gz", "not really an image\n");
        QCOMPARE(layout::checkFiles(tree.root()).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
