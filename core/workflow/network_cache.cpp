// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/network_cache.h"

#include "core/learning/sha256.h"
#include "core/workflow/exclusive_use.h"

#include <list>
#include <system_error>

namespace sulcus::workflow {

namespace {

struct Entry {
    std::filesystem::path folder;
    std::string descriptionSha256; ///< of bundle.json, which names the weights' hash and all that decides besides
    learning::Device device = learning::Device::Automatic;
    std::shared_ptr<LoadedNetwork> network;
};

// Two: the person's own bundle and the one it is compared with. A network with its buffers takes up to a gigabyte.
constexpr std::size_t kKeptNetworks = 2;

std::timed_mutex& cacheMutex() {
    static std::timed_mutex mutex;
    return mutex;
}

std::list<Entry>& cache() {
    static std::list<Entry> entries;
    return entries;
}

} // namespace

Result<std::shared_ptr<LoadedNetwork>> networkOf(const std::filesystem::path& bundleFolder, learning::Device device,
                                                 const TaskContext& task) {
    const auto lock = lockUnlessCancelled(cacheMutex(), task);
    if (!lock.owns_lock())
        return failCancelled();

    std::error_code ignored;
    auto folder = std::filesystem::weakly_canonical(bundleFolder, ignored);
    if (ignored)
        folder = bundleFolder;
    // Before the network is loaded: of a file that changes meanwhile the next call loads it again.
    const auto description = learning::sha256OfFile(folder / "bundle.json").value_or(std::string());

    auto& entries = cache();
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        if (entry->folder == folder && entry->device == device && entry->descriptionSha256 == description) {
            entries.splice(entries.begin(), entries, entry);
            return entries.front().network;
        }
    }

    auto segmenter = learning::Segmenter::load(folder, device);
    if (!segmenter)
        return fail(std::move(segmenter.error()));
    auto network = std::make_shared<LoadedNetwork>(std::move(*segmenter));
    entries.push_front(Entry{folder, description, device, network});
    while (entries.size() > kKeptNetworks)
        entries.pop_back();
    return network;
}

} // namespace sulcus::workflow
