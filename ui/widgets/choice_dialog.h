// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/services.h"

#include <QDialog>
#include <vector>

class QListWidget;
class QPushButton;

namespace sulcus::widgets {

/// Several things lie behind one path: the series of a DICOM folder, the volumes of a 4-D file. Each with a picture,
/// its size and its spacing; the person takes one.
class ChoiceDialog : public QDialog {
    Q_OBJECT
public:
    explicit ChoiceDialog(std::vector<session::OpenChoice> choices, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const sulcus::session::OpenChoice& choice);

private:
    void take();

    std::vector<session::OpenChoice> m_choices;
    QListWidget* m_list;
    QPushButton* m_open;
};

} // namespace sulcus::widgets
