// SPDX-License-Identifier: Apache-2.0
// The warnings for input that a bundle was not trained on, each with a real file.
#include "core/imaging/ct_units.h"
#include "core/imaging/image_io.h"
#include "core/learning/bundle_file.h"
#include "core/learning/ct_intensities.h"
#include "core/learning/input_checks.h"
#include "core/workflow/network_input.h"
#include "core/workflow/workflow.h"

#include <QFile>
#include <QtTest>
#include <algorithm>
#include <cctype>

using namespace sulcus;

namespace {

const std::filesystem::path kData = SULCUS_SOURCE_DIR "/../shared/data";
const std::filesystem::path kModels = SULCUS_SOURCE_DIR "/models";
const std::filesystem::path kHead = "/usr/share/mricron/templates/ch2.nii.gz";

learning::Field fieldOf(const std::filesystem::path& path, const std::vector<std::string>& inputs) {
    auto opened = workflow::openCase(path, {});
    if (!opened)
        return {};
    auto input = workflow::gatherInput(**opened, inputs, "test", {});
    return input ? std::move(input->field) : learning::Field();
}

/// One volume in all four channels' places, as when somebody renames files to fit.
learning::Field fourTimes(const learning::Field& one) {
    auto four = one;
    four.channels = 4;
    for (int n = 1; n < 4; ++n)
        four.values.insert(four.values.end(), one.values.begin(), one.values.end());
    return four;
}

learning::NetworkSpec specOf(const std::string& bundle) {
    const auto file = learning::readBundleFile(kModels / bundle);
    return file ? file->spec : learning::NetworkSpec();
}

std::vector<std::string> warningsFor(const learning::Field& image, const learning::NetworkSpec& spec) {
    std::vector<std::string> ids;
    for (const auto& warning : learning::checkInput(image, std::vector<bool>(spec.inputs.size(), true), spec))
        ids.push_back(warning.id);
    return ids;
}

/// Every other voxel along each axis: enough for statistics, an eighth of the time.
learning::Field everyOther(const learning::Field& image) {
    learning::Field small{image.channels,
                          (image.depth + 1) / 2,
                          (image.height + 1) / 2,
                          (image.width + 1) / 2,
                          {2 * image.spacingMm[0], 2 * image.spacingMm[1], 2 * image.spacingMm[2]},
                          {}};
    for (int c = 0; c < image.channels; ++c)
        for (int d = 0; d < image.depth; d += 2)
            for (int h = 0; h < image.height; h += 2)
                for (int w = 0; w < image.width; w += 2)
                    small.values.push_back(image.values[static_cast<std::size_t>(
                        ((c * image.depth + d) * image.height + h) * image.width + w)]);
    return small;
}

void exchange(learning::Field& image, std::size_t a, std::size_t b) {
    const auto count = static_cast<std::ptrdiff_t>(image.voxelsPerChannel());
    const auto first = image.values.begin() + static_cast<std::ptrdiff_t>(a) * count;
    std::swap_ranges(first, first + count, image.values.begin() + static_cast<std::ptrdiff_t>(b) * count);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool holds(const std::vector<std::string>& ids, const char* id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

} // namespace

class TestInputKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!std::filesystem::exists(kData))
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST: ../shared/data is not there");
        m_brain = specOf("brain-tumour");
        m_lung = specOf("lung-ct");
        QCOMPARE(m_brain.inputs.size(), std::size_t{4});
        QCOMPARE(m_lung.inputs.size(), std::size_t{1});
    }

    void realCasesInTheirOrderAreSilentAndExchangedSequencesAreNot() {
        int noticed = 0;
        int namedRightly = 0;
        int exchanges = 0;
        for (const char* group : {"brain/train", "brain/reference"}) {
            for (const auto& entry : std::filesystem::directory_iterator(kData / group)) {
                if (!entry.is_directory())
                    continue;
                auto image = everyOther(fieldOf(entry.path(), m_brain.inputs));
                QVERIFY(!image.values.empty());
                QVERIFY2(warningsFor(image, m_brain).empty(), entry.path().c_str());
                for (std::size_t a = 0; a < 4; ++a) {
                    for (std::size_t b = a + 1; b < 4; ++b, ++exchanges) {
                        exchange(image, a, b);
                        for (const auto& warning :
                             learning::checkInput(image, std::vector<bool>(m_brain.inputs.size(), true), m_brain)) {
                            if (warning.id != "learning.warn_sequence_order")
                                continue;
                            ++noticed;
                            const auto& [first, second] =
                                std::pair{warning.parameters.at("first"), warning.parameters.at("second")};
                            const auto& one = m_brain.inputs[a];
                            const auto& other = m_brain.inputs[b];
                            if ((lower(first) == one && lower(second) == other) ||
                                (lower(first) == other && lower(second) == one))
                                ++namedRightly;
                        }
                        exchange(image, a, b);
                    }
                }
            }
        }
        qInfo("%d of %d exchanges noticed, %d named rightly", noticed, exchanges, namedRightly);
        QVERIFY(exchanges >= 96);
        QVERIFY(noticed * 100 >= exchanges * 95);
        QVERIFY(namedRightly * 100 >= exchanges * 90);
    }

    void headsWithTheirSkullAreNoticed() {
        const auto average = fieldOf(kData / "formats/nifti_odd/avg152T1_LR_nifti.nii.gz", {"t1"});
        QVERIFY(!average.values.empty());
        QVERIFY(holds(warningsFor(fourTimes(average), m_brain), "learning.warn_not_skull_stripped"));
        if (!std::filesystem::exists(kHead))
            QSKIP("mricron-data is not installed");
        const auto head = fieldOf(kHead, {"t1"});
        QVERIFY(!head.values.empty());
        QVERIFY(holds(warningsFor(fourTimes(head), m_brain), "learning.warn_not_skull_stripped"));
    }

    void anEmptyVolumeIsSaidToBeEmpty() {
        const auto empty = fieldOf(kData / "formats/nifti_odd/5D_zeros.nii.gz", {"ct"});
        QVERIFY(!empty.values.empty());
        QVERIFY(holds(warningsFor(empty, m_lung), "learning.warn_channel_flat"));
        auto opened = workflow::openCase(kData / "formats/nifti_odd/5D_zeros.nii.gz", {});
        QVERIFY(opened);
        workflow::SegmentOptions options;
        options.bundle = kModels / "lung-ct";
        options.device = workflow::DeviceChoice::Cpu;
        const auto made = workflow::segment(**opened, options, {});
        QVERIFY(!made);
        QCOMPARE(made.error().message.id, std::string("learning.image_empty"));
        QCOMPARE(made.error().message.parameters.at("case"), (*opened)->files.id);
    }

    void aCtInAnMriBundleIsNoticed() {
        const auto ct = fieldOf(kData / "ct/volumes/elastix_lung_baseline_ct.nii.gz", {"ct"});
        QVERIFY(!ct.values.empty());
        QVERIFY(holds(warningsFor(fourTimes(ct), m_brain), "learning.warn_looks_like_ct"));
        // Under its own name it is refused: none of the four sequences is there.
        auto opened = workflow::openCase(kData / "ct/volumes/elastix_lung_baseline_ct.nii.gz", {});
        QVERIFY(opened);
        const auto refused = workflow::gatherInput(**opened, m_brain.inputs, "brain-tumour", {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().message.id, std::string("workflow.bundle_does_not_fit_case"));
    }

    void anMriInACtBundleIsNoticed() {
        const auto mri = fieldOf(kData / "brain/reference/BraTS2021_00000/BraTS2021_00000_flair.nii.gz", m_lung.inputs);
        QVERIFY(!mri.values.empty());
        QVERIFY(holds(warningsFor(mri, m_lung), "learning.warn_not_ct"));
    }

    void realCtsGiveACtBundleNoReasonToWarn() {
        for (const char* name : {"ct/volumes/elastix_lung_followup_ct.nii.gz", "formats/dicom_series_ct_head"}) {
            const auto ct = fieldOf(kData / name, m_lung.inputs);
            QVERIFY2(!ct.values.empty(), name);
            QCOMPARE(warningsFor(ct, m_lung), std::vector<std::string>());
        }
    }

    void theUnitOfARealCtIsToldInEveryStorage() {
        for (const char* name :
             {"ct/volumes/elastix_lung_baseline_ct.nii.gz", "ct/volumes/elastix_lung_followup_ct.nii.gz"}) {
            auto opened = workflow::openCase(kData / name, {});
            QVERIFY2(opened, name);
            for (const float padding : {0.0F, -2000.0F, -3024.0F}) {
                for (const float zero : {0.0F, 1024.0F}) {
                    imaging::Volume ct = *(*opened)->volumes.front().volume;
                    const auto size = ct.geometry.size;
                    for (std::size_t n = 0; n < ct.voxels.size(); ++n) {
                        ct.voxels[n] += zero;
                        const auto i = static_cast<double>(n % static_cast<std::size_t>(size[0])) / size[0] - 0.5;
                        const auto j = static_cast<double>(n / static_cast<std::size_t>(size[0]) %
                                                           static_cast<std::size_t>(size[1])) /
                                           size[1] -
                                       0.5;
                        if (padding < 0.0F && i * i + j * j > 0.25)
                            ct.voxels[n] = padding;
                    }
                    const auto unit = learning::readCtUnit(ct.voxels.data(), ct.voxels.size()).unit;
                    QVERIFY2(unit == (zero > 0.0F ? learning::CtUnit::RawCt : learning::CtUnit::Hounsfield), name);
                    QCOMPARE(imaging::waterOf(ct), zero);
                }
            }
        }
    }

    void slicesOfUnknownDistanceAreJudgedAlone() {
        auto opened = workflow::openCase(kData / "ct/volumes/elastix_lung_followup_ct.nii.gz", {});
        QVERIFY(opened);
        const auto& whole = *(*opened)->volumes.front().volume;
        const auto plane = static_cast<std::ptrdiff_t>(whole.geometry.size[0]) * whole.geometry.size[1];
        workflow::SegmentOptions options;
        options.bundle = kModels / "lung-ct";
        options.device = workflow::DeviceChoice::Cpu;
        const auto maskOf = [&](const std::vector<int>& slices, bool known) {
            auto volume = std::make_shared<imaging::Volume>();
            volume->geometry = whole.geometry;
            volume->geometry.size[2] = static_cast<int>(slices.size());
            volume->geometry.spacing[2] = 1.0;
            for (const int k : slices)
                volume->voxels.insert(volume->voxels.end(), whole.voxels.begin() + k * plane,
                                      whole.voxels.begin() + (k + 1) * plane);
            imaging::Case stack = **opened;
            stack.volumes.front().volume = volume;
            stack.warnings.clear();
            if (!known)
                stack.warnings.push_back({"imaging.spacing_missing", {{"file", "stack"}}});
            auto made = workflow::segment(stack, options, {});
            return made ? (*made).mask->voxels : std::vector<std::uint8_t>();
        };
        const int depth = whole.geometry.size[2];
        const std::vector<int> slices{depth / 8, depth * 7 / 8, depth / 4, depth * 3 / 4, depth / 2};
        std::vector<std::uint8_t> alone;
        for (const int k : slices) {
            const auto one = maskOf({k}, false);
            alone.insert(alone.end(), one.begin(), one.end());
        }
        const auto unlike = [&](const std::vector<std::uint8_t>& mask) {
            std::size_t count = 0;
            for (std::size_t n = 0; n < alone.size(); ++n)
                count += (mask.at(n) != 0) != (alone[n] != 0) ? 1 : 0;
            return static_cast<double>(count) /
                   static_cast<double>(std::count_if(alone.begin(), alone.end(), [](auto v) { return v != 0; }));
        };
        QCOMPARE(alone.size(), slices.size() * static_cast<std::size_t>(plane));
        const double apart = unlike(maskOf(slices, false));
        const double together = unlike(maskOf(slices, true));
        qInfo("unlike what each slice gives alone: %.4f, smoothed %.4f", apart, together);
        QVERIFY(apart < 0.002); // batches round otherwise
        QVERIFY(together > 0.02);
    }

private:
    learning::NetworkSpec m_brain;
    learning::NetworkSpec m_lung;
};

QTEST_GUILESS_MAIN(TestInputKinds)
#include "tst_input_kinds.moc"
