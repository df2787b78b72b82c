// SPDX-License-Identifier: Apache-2.0
// The 368 expert shapes of labels128 through a second look-up, written here without the library's own atlas: it reads
// the template files itself, composes its own transform and searches nearest labels voxel by voxel.
#include "core/anatomy/location.h"

#include "anatomy_support.h"

#include <zlib.h>

#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

using namespace sulcus;
using namespace sulcus::anatomy;
using namespace sulcus::anatomy::testing;

namespace {

std::vector<unsigned char> inflate(const std::filesystem::path& file) {
    std::vector<unsigned char> bytes;
    gzFile in = gzopen(file.c_str(), "rb");
    std::array<unsigned char, 1 << 16> chunk{};
    for (int got = 0; in != nullptr && (got = gzread(in, chunk.data(), chunk.size())) > 0;)
        bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + got);
    if (in != nullptr)
        gzclose(in);
    return bytes;
}

/// A byte image of NIfTI-1 whose axes are those of the scanner, addressed by right, anterior, superior millimetres.
struct ByteImage {
    std::vector<unsigned char> bytes;
    std::array<short, 3> size{};
    std::array<float, 3> scale{};
    std::array<float, 3> shift{};

    explicit ByteImage(const std::filesystem::path& file) : bytes(inflate(file)) {
        if (bytes.size() < 352)
            return;
        std::memcpy(size.data(), &bytes[42], 6);
        for (std::size_t row = 0; row < 3; ++row) {
            std::array<float, 4> affine{};
            std::memcpy(affine.data(), &bytes[280 + 16 * row], 16);
            scale[row] = affine[row];
            shift[row] = affine[3];
        }
    }
    int at(int right, int anterior, int superior) const {
        const std::array<int, 3> mm{right, anterior, superior};
        std::array<long, 3> v{};
        for (std::size_t a = 0; a < 3; ++a) {
            v[a] = std::lround((static_cast<float>(mm[a]) - shift[a]) / scale[a]);
            if (v[a] < 0 || v[a] >= size[a])
                return 0;
        }
        return bytes[static_cast<std::size_t>(352 + (v[2] * size[1] + v[1]) * size[0] + v[0])];
    }
};

/// The rule as the atlas' description states it, with its own tables and its own search.
class SecondLookUp {
public:
    SecondLookUp()
        : m_aal(kTemplates / "aal.nii.gz"),
          m_tracts(kTemplates / "JHU-WhiteMatter-labels-1mm.nii.gz"),
          m_brain(kTemplates / "ch2bet.nii.gz") {
        const std::vector<std::pair<std::string, std::string>> lobes{
            {"PAR", "Postcentral Parietal_Sup Parietal_Inf SupraMarginal Angular Precuneus"},
            {"TEM", "Hippocampus ParaHippocampal Amygdala Fusiform Heschl Temporal_Sup Temporal_Pole_Sup Temporal_Mid "
                    "Temporal_Pole_Mid Temporal_Inf"},
            {"OCC", "Calcarine Cuneus Lingual Occipital_Sup Occipital_Mid Occipital_Inf"},
            {"INS", "Insula"},
            {"CIN", "Cingulum_Ant Cingulum_Mid Cingulum_Post"},
            {"BG", "Caudate Putamen Pallidum"},
            {"THA", "Thalamus"}};
        std::ifstream in(kTemplates / "aal.nii.txt");
        int value = 0;
        int code = 0;
        std::string name;
        std::string line;
        while (std::getline(in, line)) {
            std::istringstream words(line);
            if (!(words >> value >> name >> code))
                continue;
            std::string lobe = value >= 91 ? "CER" : "FRO";
            const std::string bare = name.substr(0, name.rfind('_'));
            for (const auto& [region, members] : lobes) {
                std::istringstream each(members);
                for (std::string member; each >> member;)
                    if (member == bare)
                        lobe = region;
            }
            m_lobe[value] = lobe;
        }
        for (int x = -24; x <= 24; ++x)
            for (int y = -24; y <= 24; ++y)
                for (int z = -24; z <= 24; ++z)
                    m_offsets.push_back({x, y, z});
        std::stable_sort(m_offsets.begin(), m_offsets.end(), [](const auto& a, const auto& b) {
            return a[0] * a[0] + a[1] * a[1] + a[2] * a[2] < b[0] * b[0] + b[1] * b[1] + b[2] * b[2];
        });
    }

    const std::string& at(int x, int y, int z) {
        const std::array<int, 3> key{x, y, z};
        const auto known = m_known.find(key);
        return known != m_known.end() ? known->second : m_known.emplace(key, look(x, y, z)).first->second;
    }

private:
    std::string look(int x, int y, int z) const {
        const std::string own = carvedOrLabelled(x, y, z);
        if (!own.empty())
            return own;
        const int tract = m_tracts.at(x, y, z);
        for (const auto& o : m_offsets) {
            if ((x < 0) != (x + o[0] < 0))
                continue; // not across the midline
            if (m_brain.at(x + o[0], y + o[1], z + o[2]) == 0)
                continue;
            const std::string near = carvedOrLabelled(x + o[0], y + o[1], z + o[2]);
            if (near.empty() || near == "VEN")
                continue;
            const int squared = o[0] * o[0] + o[1] * o[1] + o[2] * o[2];
            const bool deepGrey = near == "BG" || near == "THA";
            if (near == "CC" && squared > 9)
                continue;
            if ((near == "INS" || near == "CIN") && squared > 16)
                continue;
            if (deepGrey && squared > 36 && (tract < 17 || tract > 22))
                continue;
            return near;
        }
        return "?";
    }
    std::string carvedOrLabelled(int x, int y, int z) const {
        const int brain = m_brain.at(x, y, z);
        const int aal = m_aal.at(x, y, z);
        const int tract = m_tracts.at(x, y, z);
        const bool deep = aal >= 71 && aal <= 78;
        // Fluid well inside the brain, near the midline or about the trigone.
        if (brain > 0 && brain < 60 && (aal == 0 || deep) &&
            ((std::abs(x) <= 26 && y > -32 && y < 38 && z > -4 && z < 33) ||
             (std::abs(x) >= 12 && std::abs(x) <= 40 && y <= -32 && y > -80 && z > -12 && z < 30)))
            return "VEN";
        if (aal == 0 && brain >= 60 && std::abs(x) <= 17 && y < -10 && y > -45 && z < -4)
            return "BST";
        if (aal == 0 && brain > 85 && tract >= 3 && tract <= 5)
            return "CC";
        const auto lobe = m_lobe.find(aal);
        return aal == 0 || brain == 0 || lobe == m_lobe.end() ? std::string() : lobe->second;
    }

    ByteImage m_aal;
    ByteImage m_tracts;
    ByteImage m_brain;
    std::map<int, std::string> m_lobe;
    std::vector<std::array<int, 3>> m_offsets;
    std::map<std::array<int, 3>, std::string> m_known;
};

} // namespace

class ReferenceShapesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mainRegionsAgreeWithASecondLookUp() {
        const std::filesystem::path file = kData / "labels128" / "label_u8.npy.gz";
        if (!std::filesystem::exists(file))
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST: ../shared/data is not there");
        if (!templatesInstalled())
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST: mricron-data is not installed");
        QVERIFY(atlas() != nullptr);
        gzFile in = gzopen(file.c_str(), "rb");
        QVERIFY(in != nullptr);
        gzbuffer(in, 1 << 20);
        std::array<char, 128> header{};
        QCOMPARE(gzread(in, header.data(), 128), 128);

        imaging::LabelMap shape;
        shape.geometry.size = {128, 128, 128};
        shape.geometry.spacing = {240.0 / 128.0, 240.0 / 128.0, 155.0 / 128.0};
        shape.geometry.origin = {shape.geometry.spacing[0] / 2 - 0.5, -239.5 + shape.geometry.spacing[1] / 2,
                                 shape.geometry.spacing[2] / 2 - 0.5};
        const auto alignment = alignmentFromGrid(shape.geometry);
        QVERIFY(alignment && alignment->space == Space::Sri24);

        SecondLookUp second;
        const auto& m = imaging::kSri24ToTemplate.matrix;
        const auto& t = imaging::kSri24ToTemplate.offset;
        constexpr std::size_t kVoxels = 128 * 128 * 128;
        std::vector<std::uint8_t> stored(kVoxels);
        int same = 0;
        int shapes = 0;
        int sides = 0;
        for (; gzread(in, stored.data(), kVoxels) == static_cast<int>(kVoxels); ++shapes) {
            // The array is [i, j, k] with k fastest; a label map keeps i fastest.
            shape.voxels.assign(kVoxels, 0);
            std::map<std::string, int> votes;
            int left = 0;
            int all = 0;
            for (int i = 0; i < 128; ++i)
                for (int j = 0; j < 128; ++j)
                    for (int k = 0; k < 128; ++k) {
                        const std::uint8_t value = stored[static_cast<std::size_t>((i * 128 + j) * 128 + k)];
                        if (value == 0)
                            continue;
                        shape.voxels[static_cast<std::size_t>((k * 128 + j) * 128 + i)] = value;
                        const double x = (i + 0.5) * 240.0 / 128.0 - 0.5;
                        const double y = (j + 0.5) * 240.0 / 128.0 - 239.5;
                        const double z = (k + 0.5) * 155.0 / 128.0 - 0.5;
                        const double tx = m[0] * x + m[1] * y + m[2] * z + t[0];
                        const double ty = m[3] * x + m[4] * y + m[5] * z + t[1];
                        const double tz = m[6] * x + m[7] * y + m[8] * z + t[2];
                        ++votes[second.at(static_cast<int>(-std::lround(tx)), static_cast<int>(-std::lround(ty)),
                                          static_cast<int>(std::lround(tz)))];
                        left += tx > 0.0;
                        ++all;
                    }
            const auto location = locate(shape, imaging::LabelEra::Brats2021, *alignment, *atlas(), TaskContext{});
            QVERIFY(location.has_value());
            std::map<std::string, double> regions;
            for (const RegionShare& region : location->whole().regions)
                regions[toString(region.region)] += region.ml;
            const auto larger = [](const auto& a, const auto& b) { return a.second < b.second; };
            const std::string ours = std::max_element(regions.begin(), regions.end(), larger)->first;
            const std::string theirs = std::max_element(votes.begin(), votes.end(), larger)->first;
            same += ours == theirs;
            if (ours != theirs)
                qInfo("shape %d: %s against %s", shapes, ours.c_str(), theirs.c_str());
            sides += std::abs(location->whole().leftShare - double(left) / all) < 0.02;
        }
        gzclose(in);
        qInfo("%d of %d shapes have the same main region, %d the same shares of the sides", same, shapes, sides);
        QCOMPARE(shapes, 368);
        QVERIFY(same >= 365); // 99 %
        QCOMPARE(sides, 368);
    }
};

QTEST_APPLESS_MAIN(ReferenceShapesTest)
#include "tst_reference_shapes.moc"
