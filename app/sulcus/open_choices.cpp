// SPDX-License-Identifier: Apache-2.0
#include "app/sulcus/open_choices.h"

#include "core/imaging/folder_volume.h"
#include "core/imaging/image_io.h"
#include "ui/session/case_state.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <system_error>

namespace sulcus::app {

namespace fs = std::filesystem;

namespace {

// Each picture of a 4-D file means unpacking it once more; after so many the list does without.
constexpr int kMostPictures = 8;
constexpr std::uint64_t kMostBytes = 256u * 1024u * 1024u;

/// A slice or small volume as a grey picture; the window of its own values.
QImage pictureOf(const imaging::Volume& volume) {
    imaging::Case one;
    one.volumes.push_back({imaging::Sequence::Other, std::make_shared<const imaging::Volume>(volume)});
    return session::lookAt(one).thumbnails[imaging::Sequence::Other];
}

Result<std::vector<session::OpenChoice>> seriesOf(const fs::path& folder, const imaging::CaseFiles& files,
                                                  const TaskContext& task) {
    std::vector<session::OpenChoice> choices;
    auto found = imaging::findDicomSeries(folder, task);
    if (!found)
        return fail(std::move(found.error()));
    if (found->size() < 2)
        return choices;
    for (const imaging::DicomSeries& series : *found) {
        if (task.cancelled())
            return failCancelled();
        session::OpenChoice choice;
        choice.files = files;
        choice.files.seriesUid = series.uid;
        choice.files.seriesPart = series.part;
        choice.title = QString::fromStdString(series.description);
        choice.modality = QString::fromStdString(series.modality);
        choice.number = series.number;
        choice.size = series.size;
        choice.spacing = series.spacing;
        choice.uneven = series.uneven;
        choice.tiltDegrees = series.tiltDegrees;
        choice.phases = series.phases;
        // A series whose picture cannot be read may still be chosen: the reader then says what is wrong with it.
        if (const auto middle = imaging::readDicomThumbnail(series))
            choice.thumbnail = pictureOf(*middle);
        choices.push_back(std::move(choice));
    }
    return choices;
}

Result<std::vector<session::OpenChoice>> volumesOf(const fs::path& file, const imaging::CaseFiles& files,
                                                   const TaskContext& task) {
    std::vector<session::OpenChoice> choices;
    const auto header = imaging::readHeader(file);
    if (!header)
        return fail(header.error());
    if (header->timePoints < 2)
        return choices;
    for (int n = 0; n < header->timePoints; ++n) {
        if (task.cancelled())
            return failCancelled();
        session::OpenChoice choice;
        choice.files = files;
        choice.files.timePoint = n;
        choice.number = n + 1;
        choice.size = header->geometry.size;
        choice.spacing = header->geometry.spacing;
        if (n < kMostPictures && header->voxelBytes <= kMostBytes)
            if (const auto volume = imaging::readVolume(file, {.timePoint = n}, TaskContext(task.stopToken(), {})))
                choice.thumbnail = pictureOf(*volume);
        choices.push_back(std::move(choice));
    }
    return choices;
}

} // namespace

Result<std::vector<session::OpenChoice>> openChoices(const fs::path& path, const TaskContext& task) {
    auto files = imaging::findCase(path);
    if (!files)
        return fail(std::move(files.error()));
    if (files->kind != imaging::CaseKind::SingleVolume || files->volumes.size() != 1)
        return std::vector<session::OpenChoice>{};
    const fs::path inside = files->volumes.begin()->second;
    std::error_code error;
    if (!fs::is_directory(inside, error))
        return volumesOf(inside, *files, task);
    if (imaging::isSliceStack(inside))
        return std::vector<session::OpenChoice>{};
    return seriesOf(inside, *files, task);
}

Result<QImage> caseThumbnail(const fs::path& path, const fs::path& cache, const TaskContext& task) {
    const auto files = imaging::findCase(path);
    if (!files)
        return fail(files.error());
    const auto& [sequence, file] = *files->volumes.begin();
    std::error_code error;
    const auto size = fs::is_regular_file(file, error) ? fs::file_size(file, error) : 0;
    const auto time = fs::last_write_time(file, error).time_since_epoch().count();
    const QByteArray key = QByteArray::fromStdString(fs::absolute(file, error).string()) + ' ' +
                           QByteArray::number(static_cast<qulonglong>(size)) + ' ' +
                           QByteArray::number(static_cast<qlonglong>(time));
    const QString name = QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha1).toHex());
    const QString kept = QString::fromStdString((cache / "thumbnails" / (name.toStdString() + ".png")).string());
    if (QImage picture(kept); !picture.isNull())
        return picture;
    const auto volume = imaging::readVolume(file, task);
    if (!volume)
        return fail(volume.error());
    const QImage picture = pictureOf(*volume);
    fs::create_directories(cache / "thumbnails", error);
    picture.save(kept); // a cache that cannot be written costs time, nothing else
    return picture;
}

} // namespace sulcus::app
