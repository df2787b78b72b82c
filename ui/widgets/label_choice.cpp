// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/label_choice.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace sulcus::widgets {

LabelChoice::LabelChoice(session::MaskEditor& editor, session::Workbench& workbench, LabelSource source,
                         QWidget* parent)
    : QDialog(parent), m_editor(editor), m_workbench(workbench), m_source(source) {
    setNamed(this, QStringLiteral("labelChoice"), tr("Choose labels"));
    const bool held = source == LabelSource::HeldAnswer;
    setWindowTitle(held ? tr("The network has answered") : tr("Copy labels"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(10);
    auto& session = m_workbench.session();
    if (held) {
        auto* const text = new QLabel(
            tr("The mask holds work by hand, so it was left as it is. Which labels of the network do you want?"), this);
        text->setWordWrap(true);
        layout->addWidget(text);
    } else {
        m_from = new QComboBox(this);
        setNamed(m_from, QStringLiteral("labelSource"), tr("Copy from"));
        if (session.hasTruth())
            m_from->addItem(tr("From the truth"), static_cast<int>(LabelSource::Truth));
        if (m_workbench.networkAnswer().mask)
            m_from->addItem(tr("From the network's last answer"), static_cast<int>(LabelSource::Answer));
        m_from->setCurrentIndex(m_from->findData(static_cast<int>(source)));
        connect(m_from, &QComboBox::currentIndexChanged, this,
                [this] { m_source = static_cast<LabelSource>(m_from->currentData().toInt()); });
        layout->addWidget(m_from);
    }
    for (const std::uint8_t value : editor.labels()) {
        auto* const box = new QCheckBox(m_workbench.labelName(value), this);
        setNamed(box, QStringLiteral("takeLabel_%1").arg(value), box->text());
        box->setChecked(!editor.now().locked.test(value));
        if (editor.now().locked.test(value)) {
            box->setEnabled(false);
            box->setToolTip(tr("This label is locked."));
        }
        m_boxes[value] = box;
        layout->addWidget(box);
    }
    auto* const note = makeMuted(tr("Locked labels keep their voxels. The step can be undone."), this);
    layout->addWidget(note);
    auto* const buttons = new QDialogButtonBox(this);
    QPushButton* const take = buttons->addButton(tr("Take these labels"), QDialogButtonBox::AcceptRole);
    take->setProperty("primary", true);
    setNamed(take, QStringLiteral("takeLabels"), take->text());
    QPushButton* const keep =
        buttons->addButton(held ? tr("Keep my mask") : tr("Cancel"), QDialogButtonBox::RejectRole);
    setNamed(keep, QStringLiteral("keepMask"), keep->text());
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &LabelChoice::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // The case under the question may go.
    connect(&session, &session::CaseSession::caseOpened, this, &QDialog::reject);
    connect(&session, &session::CaseSession::caseClosed, this, &QDialog::reject);
    resize(400, sizeHint().height());
}

std::bitset<256> LabelChoice::chosen() const {
    std::bitset<256> labels;
    for (const auto& [value, box] : m_boxes)
        labels.set(value, box->isChecked());
    return labels;
}

void LabelChoice::take() {
    auto& session = m_workbench.session();
    if (m_source == LabelSource::HeldAnswer)
        m_workbench.takeAnswer(chosen(), m_editor.now().locked);
    else if (m_source == LabelSource::Answer)
        m_editor.copyFrom(*m_workbench.networkAnswer().mask, m_workbench.networkAnswer().era, chosen(),
                          tr("Copy labels of the network"));
    else if (session.hasTruth())
        m_editor.copyFrom(*session.data()->imagingCase->truth, session.data()->imagingCase->files.era, chosen(),
                          tr("Copy labels of the truth"));
    accept();
}

void askForLabels(QWidget* parent, session::MaskEditor& editor, session::Workbench& workbench, LabelSource source) {
    auto* const dialog = new LabelChoice(editor, workbench, source, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace sulcus::widgets
