// SPDX-License-Identifier: Apache-2.0
#include "ui/session/case_browser.h"

#include <QCoreApplication>
#include <QDir>
#include <QStringList>
#include <algorithm>

namespace sulcus::session {

namespace fs = std::filesystem;

CaseBrowser::CaseBrowser(Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench) {
    connect(&m_workbench, &Workbench::opened, this, &CaseBrowser::readAheadOfCurrent);
    connect(&m_workbench, &Workbench::reportWritten, this, &CaseBrowser::askDatabase);
}

void CaseBrowser::openFolder(const fs::path& folder) {
    if (m_listJob)
        m_listJob->cancel();
    m_listJob = m_workbench.runner().submit<std::vector<imaging::ListedCase>>(
        Lane::Io, QCoreApplication::translate("CaseBrowser", "Listing the cases"),
        [services = m_workbench.services(), folder](const TaskContext& task) {
            return services.listCases(folder, task);
        },
        this,
        [this, folder](Result<std::vector<imaging::ListedCase>> found) {
            m_listJob.clear();
            if (!found) {
                if (found.error().code != ErrorCode::Cancelled)
                    Q_EMIT failed(found.error().message);
                return;
            }
            ++m_generation;
            m_folder = folder;
            m_wanted.clear();
            m_entries.clear();
            for (imaging::ListedCase& one : *found)
                m_entries.push_back({std::move(one), {}, false});
            Q_EMIT listed();
            askDatabase();
            readAheadOfCurrent();
        });
}

void CaseBrowser::askDatabase() {
    struct Known {
        std::vector<bool> segmented;
        std::vector<bool> reported;
    };
    std::vector<std::pair<std::string, std::filesystem::path>> cases;
    for (const Entry& entry : m_entries)
        cases.emplace_back(entry.listed.id, entry.listed.path);
    if (cases.empty())
        return;
    m_workbench.store().ask<Known>(
        QCoreApplication::translate("CaseBrowser", "What is known of the cases"),
        [cases](store::Store& store) -> Result<Known> {
            Known known;
            for (const auto& [id, path] : cases) {
                auto owner = store.ownerOfCase(id, path);
                if (!owner)
                    return fail(std::move(owner.error()));
                bool segmented = false;
                bool reported = false;
                if (owner->study) {
                    if (auto masks = store.segmentations(owner->study->id))
                        segmented = !masks->empty();
                    if (auto reports = store.reports(owner->study->id))
                        reported = !reports->empty();
                }
                known.segmented.push_back(segmented);
                known.reported.push_back(reported);
            }
            return known;
        },
        this,
        [this, generation = m_generation](Result<Known> known) {
            // Without the database the files beside the images still tell.
            if (!known || generation != m_generation)
                return;
            for (std::size_t n = 0; n < m_entries.size(); ++n) {
                m_entries[n].listed.hasMask |= known->segmented[n];
                m_entries[n].listed.hasReport |= known->reported[n];
            }
            Q_EMIT flagsChanged();
        });
}

std::vector<int> CaseBrowser::find(const QString& words, CaseFilter filter) const {
    const QStringList parts = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<int> found;
    for (std::size_t n = 0; n < m_entries.size(); ++n) {
        const imaging::ListedCase& listed = m_entries[n].listed;
        const bool passes = filter == CaseFilter::All || (filter == CaseFilter::Segmented && listed.hasMask) ||
                            (filter == CaseFilter::NotSegmented && !listed.hasMask) ||
                            (filter == CaseFilter::WithTruth && listed.hasTruth) ||
                            (filter == CaseFilter::WithReport && listed.hasReport);
        const QString text = QString::fromStdString(listed.group + ' ' + listed.id);
        if (passes && std::all_of(parts.begin(), parts.end(),
                                  [&](const QString& part) { return text.contains(part, Qt::CaseInsensitive); }))
            found.push_back(static_cast<int>(n));
    }
    return found;
}

void CaseBrowser::wantThumbnails(const std::vector<int>& indices) {
    m_wanted.clear();
    for (const int index : indices)
        if (index >= 0 && index < static_cast<int>(m_entries.size())) {
            const Entry& entry = m_entries[static_cast<std::size_t>(index)];
            if (entry.thumbnail.isNull() && !entry.failed)
                m_wanted.push_back(index);
        }
    makeNextThumbnail();
}

void CaseBrowser::makeNextThumbnail() {
    // One at a time: a case that is opened meanwhile waits for one picture, not for three hundred.
    if (m_thumbnailJob || m_wanted.empty() || !m_workbench.services().caseThumbnail)
        return;
    const int index = m_wanted.front();
    m_wanted.pop_front();
    const fs::path path = m_entries[static_cast<std::size_t>(index)].listed.path;
    m_thumbnailJob = m_workbench.runner().submit<QImage>(
        Lane::Io, QCoreApplication::translate("CaseBrowser", "Making pictures of the cases"),
        [services = m_workbench.services(), path](const TaskContext& task) {
            return services.caseThumbnail(path, task);
        },
        this,
        [this, index, generation = m_generation](Result<QImage> picture) {
            m_thumbnailJob.clear();
            if (generation == m_generation) {
                Entry& entry = m_entries[static_cast<std::size_t>(index)];
                if (picture)
                    entry.thumbnail = std::move(*picture);
                else
                    entry.failed = picture.error().code != ErrorCode::Cancelled;
                Q_EMIT thumbnailChanged(index);
            }
            makeNextThumbnail();
        });
}

int CaseBrowser::current() const {
    if (!m_workbench.session().hasCase())
        return -1;
    const fs::path open = const_cast<CaseSession&>(m_workbench.session()).storage()->path.lexically_normal();
    for (std::size_t n = 0; n < m_entries.size(); ++n)
        if (m_entries[n].listed.path.lexically_normal() == open)
            return static_cast<int>(n);
    return -1;
}

int CaseBrowser::stepTarget(int step) const {
    const int count = static_cast<int>(m_entries.size());
    const int at = current();
    if (at < 0)
        return count > 0 && step > 0 ? 0 : -1;
    const int target = at + step;
    return target >= 0 && target < count ? target : -1;
}

void CaseBrowser::open(int index) {
    if (index >= 0 && index < static_cast<int>(m_entries.size()))
        m_workbench.openCase(m_entries[static_cast<std::size_t>(index)].listed.path);
}

void CaseBrowser::step(int step) { open(stepTarget(step)); }

void CaseBrowser::readAheadOfCurrent() {
    const int at = current();
    const int next = at < 0 ? -1 : stepTarget(1);
    if (next >= 0)
        m_workbench.readAhead(m_entries[static_cast<std::size_t>(next)].listed.path);
}

} // namespace sulcus::session
