// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/mask_editor.h"
#include "ui/widgets/main_window.h"

#include <QObject>
#include <functional>

namespace sulcus::widgets {

/// What leaves the program beside mask and report: surfaces, DICOM segmentation objects, pictures of slices.
class Exports : public QObject {
    Q_OBJECT
public:
    using Choose =
        std::function<void(FileQuestion question, const QString& ending, std::function<void(QString)> chosen)>;

    /// Adds the actions. `choose` asks for a file whose suggested name ends so.
    Exports(session::Workbench& workbench, session::ActionCatalog& actions, session::MaskEditor& editor, Choose choose,
            QObject* parent = nullptr);

    void attach(ViewArea& views) { m_views = &views; }

    /// Every slice across the active view's axis as `<case>_<plane>_<number>.png`, as the view shows it.
    void writeSlices(const QString& folder);
    void writeSurfaces(const QString& file);
    void writeSegmentation(const QString& file);

private:
    session::Workbench& m_workbench;
    session::MaskEditor& m_editor;
    Choose m_choose;
    ViewArea* m_views = nullptr;
};

} // namespace sulcus::widgets
