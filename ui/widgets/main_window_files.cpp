// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/main_window.h"
#include "ui/widgets/message_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <utility>

namespace sulcus::widgets {

void MainWindow::savePicture(const QImage& picture, const QString& ending) {
    chooseFile(FileQuestion::SavePicture, suggestedFile(ending), [this, picture](const QString& path) {
        if (picture.save(path))
            m_messages->show(session::NoteKind::Info, tr("Picture saved to %1").arg(path), session::NoteTopic::Write);
        else
            m_messages->show(session::NoteKind::Problem,
                             tr("The picture could not be written to %1. Choose another folder.").arg(path),
                             session::NoteTopic::Write);
    });
}

QString MainWindow::saveFolder() const {
    if (!m_savedTo.isEmpty())
        return m_savedTo;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString elsewhere = QDir(documents).exists() ? documents : QDir::homePath();
    if (!m_workbench.session().hasCase())
        return elsewhere;
    // Beside the images, unless they lie where a person would not look, or may not write.
    const QFileInfo path(QString::fromStdString(m_workbench.session().storage()->path.string()));
    const QString beside = path.isDir() ? path.absoluteFilePath() : path.absolutePath();
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    return beside.startsWith(cache) || !QFileInfo(beside).isWritable() ? elsewhere : beside;
}

QString MainWindow::suggestedFile(const QString& ending) const {
    return QDir(saveFolder())
        .filePath(QString::fromStdString(m_workbench.session().data()->imagingCase
                                             ? m_workbench.session().storage()->caseId
                                             : std::string("sulcus")) +
                  ending);
}

void MainWindow::chooseFile(FileQuestion question, const QString& suggestion, std::function<void(QString)> chosen) {
    if (m_chooseFile) {
        m_chooseFile(question, suggestion, std::move(chosen));
        return;
    }
    auto* const dialog = new QFileDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString images =
        tr("Images (*.nii *.nii.gz *.hdr *.nrrd *.nhdr *.mha *.mhd *.dcm *.png *.tif *.tiff);;All files (*)");
    const bool save = question == FileQuestion::SaveMask || question == FileQuestion::SaveReport ||
                      question == FileQuestion::SavePicture || question == FileQuestion::SaveSurfaces ||
                      question == FileQuestion::SaveSegmentation;
    dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    switch (question) {
    case FileQuestion::OpenFolder:
        dialog->setWindowTitle(tr("Open a case folder"));
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly, false);
        break;
    case FileQuestion::OpenAngiography:
        dialog->setWindowTitle(tr("Open an angiography folder"));
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly, false);
        break;
    case FileQuestion::OpenImage:
        dialog->setWindowTitle(tr("Open an image file"));
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilter(images);
        break;
    case FileQuestion::OpenMask:
        dialog->setWindowTitle(tr("Read a mask"));
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilter(images);
        break;
    case FileQuestion::OpenOverlay:
        dialog->setWindowTitle(tr("Lay a mask over the case"));
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilter(images);
        break;
    case FileQuestion::OpenDataset:
        dialog->setWindowTitle(tr("Browse a dataset folder"));
        dialog->setFileMode(QFileDialog::Directory);
        break;
    case FileQuestion::SaveMask:
        dialog->setWindowTitle(tr("Save the mask"));
        dialog->setNameFilter(tr("Label map (*.nii.gz *.nii *.nrrd *.mha)"));
        break;
    case FileQuestion::SaveReport:
        dialog->setWindowTitle(tr("Export the report"));
        dialog->setNameFilter(tr("Picture (*.png)"));
        dialog->setDefaultSuffix(QStringLiteral("png"));
        break;
    case FileQuestion::SaveSurfaces:
        dialog->setWindowTitle(tr("Export surfaces"));
        dialog->setNameFilter(tr("Surface (*.stl *.ply)"));
        dialog->setDefaultSuffix(QStringLiteral("stl"));
        break;
    case FileQuestion::SaveSegmentation:
        dialog->setWindowTitle(tr("Export a DICOM segmentation"));
        dialog->setNameFilter(tr("DICOM segmentation (*.dcm)"));
        dialog->setDefaultSuffix(QStringLiteral("dcm"));
        break;
    case FileQuestion::SlicesFolder:
        dialog->setWindowTitle(tr("Folder for the pictures of all slices"));
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        break;
    case FileQuestion::SavePicture:
        dialog->setWindowTitle(tr("Save a picture of the views"));
        dialog->setNameFilter(tr("Picture (*.png)"));
        dialog->setDefaultSuffix(QStringLiteral("png"));
        break;
    }
    const QFileInfo hint(suggestion);
    dialog->setDirectory(save ? hint.absolutePath() : suggestion);
    if (save)
        dialog->selectFile(hint.fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, save, chosen = std::move(chosen)](const QString& path) {
        // What is saved elsewhere does not move the place where images are looked for.
        if (save)
            m_savedTo = QFileInfo(path).absolutePath();
        else
            m_settings.setLastFolder(QFileInfo(path).absolutePath());
        chosen(path);
    });
    dialog->open();
}

} // namespace sulcus::widgets
