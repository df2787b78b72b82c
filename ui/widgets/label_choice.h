// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/mask_editor.h"

#include <QDialog>
#include <bitset>
#include <map>

class QCheckBox;
class QComboBox;

namespace sulcus::widgets {

enum class LabelSource {
    Truth,
    Answer,    ///< of the network that ran last
    HeldAnswer ///< the network has answered just now and waits, since the mask holds hand work
};

/// Which labels go from a truth or a network's answer into the mask. Locked labels cannot be chosen away: they keep
/// their voxels whatever is ticked.
class LabelChoice : public QDialog {
    Q_OBJECT
public:
    LabelChoice(session::MaskEditor& editor, session::Workbench& workbench, LabelSource source,
                QWidget* parent = nullptr);

    LabelSource source() const { return m_source; }
    std::bitset<256> chosen() const;

private:
    void take();

    session::MaskEditor& m_editor;
    session::Workbench& m_workbench;
    LabelSource m_source;
    QComboBox* m_from = nullptr; ///< null when there is nothing to choose
    std::map<std::uint8_t, QCheckBox*> m_boxes;
};

/// Opens the dialog beside the window; nothing waits for it.
void askForLabels(QWidget* parent, session::MaskEditor& editor, session::Workbench& workbench, LabelSource source);

} // namespace sulcus::widgets
