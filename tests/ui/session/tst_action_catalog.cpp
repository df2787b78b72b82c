// SPDX-License-Identifier: Apache-2.0
#include "ui/session/action_catalog.h"

#include <QSignalSpy>
#include <QTest>

using namespace sulcus::session;

class TestActionCatalog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void actionsAreFoundByIdAndKeepTheirOrder() {
        ActionCatalog catalog;
        catalog.add({.id = "case-open", .category = "File", .text = "&Open", .tip = "Opens", .icon = "open"}, nullptr);
        catalog.add({.id = "app-quit", .category = "File", .text = "&Quit", .tip = "Ends", .icon = {}}, nullptr);
        QVERIFY(catalog.find("case-open") != nullptr);
        QVERIFY(catalog.find("nothing") == nullptr);
        QCOMPARE(catalog.ids().size(), std::size_t{2});
        QCOMPARE(catalog.ids()[1], QString("app-quit"));
        QCOMPARE(catalog.action("case-open")->objectName(), QString("case-open"));
    }

    void theTooltipNamesTheKey() {
        ActionCatalog catalog;
        QAction* const action = catalog.add({.id = "case-open",
                                             .category = "File",
                                             .text = "&Open",
                                             .tip = "Opens a case",
                                             .icon = {},
                                             .keys = {QKeySequence(Qt::CTRL | Qt::Key_O)}},
                                            nullptr);
        QVERIFY(action->toolTip().contains("Ctrl+O"));
        QVERIFY(action->toolTip().contains("Opens a case"));
        QVERIFY(!action->toolTip().contains('&' + QString("Open")));
    }

    void aDisabledActionSaysWhy() {
        ActionCatalog catalog;
        QString why = "Open a case first.";
        QAction* const action = catalog.add({.id = "mask-save",
                                             .category = "File",
                                             .text = "Save",
                                             .tip = "Saves",
                                             .icon = {},
                                             .keys = {},
                                             .checkable = false,
                                             .whyDisabled = [&] { return why; }},
                                            nullptr);
        catalog.refresh();
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(why));
        QCOMPARE(catalog.reason("mask-save"), why);
        why.clear();
        catalog.refresh();
        QVERIFY(action->isEnabled());
        QVERIFY(!action->toolTip().contains("Open a case first."));
    }

    void triggeringRunsTheFunctionAndCheckablesSayTheirState() {
        ActionCatalog catalog;
        int triggered = 0;
        std::vector<bool> states;
        catalog.add({.id = "a", .category = {}, .text = "A", .tip = {}, .icon = {}}, [&] { ++triggered; });
        catalog.addCheckable({.id = "b", .category = {}, .text = "B", .tip = {}, .icon = {}}, true,
                             [&](bool on) { states.push_back(on); });
        catalog.action("a")->trigger();
        catalog.action("b")->trigger();
        catalog.action("b")->trigger();
        QCOMPARE(triggered, 1);
        QCOMPARE(states, (std::vector<bool>{false, true}));
    }

    void mnemonicsAreTakenOutInBothLanguages() {
        QCOMPARE(withoutMnemonic("&Undo"), QString("Undo"));
        QCOMPARE(withoutMnemonic("F&indings"), QString("Findings"));
        QCOMPARE(withoutMnemonic(QString::fromUtf8("저장(&S)")), QString::fromUtf8("저장"));
        QCOMPARE(withoutMnemonic("Undo (&U): Segment"), QString("Undo : Segment"));
    }

    void twoActionsCannotShareAKey() {
        ActionCatalog catalog;
        catalog.add({.id = "a", .category = {}, .text = "A", .tip = {}, .icon = {}, .keys = {QKeySequence(Qt::Key_S)}},
                    nullptr);
        catalog.add({.id = "b", .category = {}, .text = "B", .tip = {}, .icon = {}}, nullptr);
        QCOMPARE(catalog.setKeys("b", {QKeySequence(Qt::Key_S)}), QString("a"));
        QVERIFY(catalog.action("b")->shortcut().isEmpty());
        QCOMPARE(catalog.setKeys("b", {QKeySequence(Qt::Key_T)}), QString());
        QVERIFY(catalog.action("b")->toolTip().contains("T"));
    }
};

QTEST_MAIN(TestActionCatalog)
#include "tst_action_catalog.moc"
