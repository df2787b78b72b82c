// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/learning/field.h"
#include "core/learning/spec.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sulcus::learning {

/// One prepared case, patch or slice, in memory.
struct CacheSample {
    std::string name;
    std::string patient;    ///< splits never divide a patient
    bool wholeImage = true; ///< false: a piece; what lies outside it is unknown rather than background
    Field image;            ///< normalised, at the plan's spacing
    LabelField labels;      ///< a file's label values; 255 = ignore
    /// Classification: per output 0, 1, or 255 = unknown; `image` has one channel a view, `labels` is all zeros.
    std::vector<unsigned char> classes;
};

/// A prepared cache: a folder with `index.json` and raw little-endian arrays, everything a trainer needs and nothing
/// else.
///
/// `<n>.image` holds [C, D, H, W] as float16, or as uint8 with value = byte * scale + offset; `<n>.label` holds [D, H,
/// W] uint8; a sample of a classification has "classes" in the index instead. The layout is described in
/// models/README.md. Names that are not UTF-8 are written with their strange bytes as %XX.
class CacheWriter {
public:
    /// Starts an empty cache. A folder that already holds one is refused unless `replace`; then what it holds stays
    /// until `finish`. A writer that goes without `finish` takes with it all that it wrote, and the folders that it
    /// made. Errors: InvalidInput, Unreadable.
    static Result<CacheWriter> create(const std::filesystem::path& folder, const NetworkSpec& spec,
                                      bool replace = false);

    /// Raw intensities and labels of one case: normalises, crops, resamples (`prepareImage`), writes.
    /// Errors: ShapeMismatch, InvalidInput (empty image), Unreadable (disk full).
    Result<void> addCase(const std::string& name, const std::string& patient, Field image,
                         const std::vector<bool>& present, LabelField labels);

    /// The slices of a volume (or picture) for a 2-D plan, one sample each, named NAME_k0012 when there are several.
    /// Windows are found over the whole volume. A slice with a smaller labelled share (0..1) than `smallestShare` is
    /// left out; returns the names of what was written and of what was left out. Slices for which `wanted` (by number;
    /// empty: all) says no are passed over. Errors: as `addCase`.
    struct SliceNames {
        std::vector<std::string> written;
        std::vector<std::string> leftOut;
    };
    Result<SliceNames> addSlices(const std::string& name, const std::string& patient, const Field& image,
                                 const std::vector<bool>& present, const LabelField& labels, double smallestShare = 0.0,
                                 const std::function<bool(int)>& wanted = {});

    /// A piece that is normalised already (a patch of a prepared set): only resampled.
    Result<void> addPiece(const std::string& name, const std::string& patient, const Field& normalised,
                          const LabelField& labels);

    /// The views of one patient as `prepareViews` made them, and what is true of each of the spec's outputs (0, 1, or
    /// 255 = unknown). Errors: ShapeMismatch, Unreadable (disk full).
    Result<void> addViews(const std::string& name, const std::string& patient, Field prepared,
                          std::vector<unsigned char> classes);

    /// Notes a case that was left out, and why; it appears in the index.
    void leaveOut(const std::string& name, const std::string& reason);

    /// Puts the cache in its place: takes an earlier one away, moves the samples in, and last of all `index.json`,
    /// since a cache without it is not a cache.
    Result<void> finish();

    /// What has been written so far, 10^6 bytes.
    double mb() const { return static_cast<double>(m_bytes) / 1e6; }

private:
    struct Part;

    CacheWriter() = default;
    Result<void> write(const CacheSample& sample);
    Result<void> writeFile(const std::string& name, const void* bytes, std::size_t count);

    std::filesystem::path m_folder;
    std::shared_ptr<Part> m_part; ///< the folder that is being filled
    std::uintmax_t m_bytes = 0;
    NetworkSpec m_spec;
    nlohmann::ordered_json m_index;
};

struct Cache {
    std::vector<std::string> inputs;
    std::vector<CacheSample> samples;
    std::vector<std::pair<std::string, std::string>> leftOut; ///< name, reason
};

/// Reads a whole cache into memory; asks `pollInterruption` for each sample. Errors: NotFound, Unreadable (names the
/// field or file), ShapeMismatch (inputs, spacing, outputs, normalisation or the size of slices differ from `spec`'s;
/// caches of earlier versions do not tell the size of their slices).
Result<Cache> readCache(const std::filesystem::path& folder, const NetworkSpec& spec);

/// One case of a list of NumPy arrays: raw intensities and labels on one grid.
struct ArrayCase {
    std::string name;
    std::string patient;
    Field image;
    LabelField labels;
};

/// Reads the "cases" of a list one after the other and hands each to `visit`, which may stop by failing. `list` is
/// JSON: "cases": [{name, patient, image, label, spacing_mm}] with image [C, D, H, W] raw and label [D, H, W]; paths
/// are relative to the list.
Result<void> forEachArrayCase(const std::filesystem::path& list, const std::function<Result<void>(ArrayCase&&)>& visit);

/// Fills a cache from such a list, for machines that have nothing but this module (`sulcus-trainer prepare`).
///
/// Besides "cases" the list may have "patch_sets": [{name, image, label, index, axes: "ijk" | "kji", spacing_mm, scale,
/// offset}] with image [N, C, ...] normalised as value * scale + offset, `index` a CSV whose columns 2 and 3 are the
/// piece's name and its patient.
Result<void> prepareFromArrays(const std::filesystem::path& list, const NetworkSpec& spec,
                               const std::filesystem::path& folder, bool replace);

} // namespace sulcus::learning
