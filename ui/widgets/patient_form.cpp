// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/patient_form.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

namespace {

// The form speaks two languages at once, so its words do not come from the program's translator.
struct Words {
    const char* english;
    const char* korean;
};
constexpr Words kHelp{"Tick everything that you have noticed. Skip what does not fit.",
                      "느끼신 것을 모두 눌러 표시하십시오. 해당하지 않으면 그냥 넘어가셔도 됩니다."};
constexpr Words kSide{"On which side?", "어느 쪽입니까?"};
constexpr Words kLeft{"Left", "왼쪽"};
constexpr Words kRight{"Right", "오른쪽"};
constexpr Words kBoth{"Both", "양쪽"};
constexpr Words kNotSure{"Not sure", "잘 모름"};
constexpr Words kHow{"How bad is it?", "얼마나 심합니까?"};
constexpr Words kMild{"A little", "조금"};
constexpr Words kModerate{"Quite", "꽤"};
constexpr Words kSevere{"Very", "매우"};
constexpr Words kSince{"Since when?", "언제부터입니까?"};
constexpr Words kHand{"Which hand do you write with?", "글씨를 어느 손으로 쓰십니까?"};
constexpr Words kBack{"Back", "이전"};
constexpr Words kNext{"Next", "다음"};
constexpr Words kDone{"Finish", "마침"};
constexpr Words kSummary{"Please look it over once more", "다시 한 번 확인해 주십시오"};
constexpr Words kSummaryHelp{"These are your answers. Go back to change one. They stay on this computer.",
                             "표시하신 내용입니다. 고치려면 이전으로 돌아가십시오. 이 컴퓨터 밖으로 나가지 않습니다."};
constexpr Words kNothing{"You ticked nothing.", "표시하신 것이 없습니다."};
constexpr Words kTitle{"Before your visit", "진료 전 설문"};
constexpr Words kCode{"Code that you were given (not your name)", "받으신 번호 (이름은 적지 마십시오)"};

constexpr int kBig = 17;    // points: read at arm's length without glasses
constexpr int kBigger = 22; // headings

QFont large(const QFont& base, int points, bool bold = false) {
    QFont font = base;
    font.setPointSize(points);
    font.setBold(bold);
    return font;
}

} // namespace

PatientForm::PatientForm(session::Workbench& workbench, QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_korean(speaksKorean()) {
    setNamed(this, QStringLiteral("patientForm"), tr("Form for the patient"));
    setAttribute(Qt::WA_DeleteOnClose);
    const session::FindingData& findings = m_workbench.session().findings().value();
    m_answers = findings.symptoms;
    m_details = findings.details;
    m_hand = findings.handedness;

    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(36, 22, 36, 22);
    layout->setSpacing(12);
    auto* const top = new QHBoxLayout;
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(10);
    setNamed(m_progress, QStringLiteral("formProgress"), tr("Page of the form"));
    top->addWidget(m_progress, 1);
    top->addSpacing(24);
    const char* const names[] = {"formEnglish", "formKorean"};
    const QString texts[] = {QStringLiteral("English"), QString::fromUtf8("한국어")};
    for (int n = 0; n < 2; ++n) {
        m_language[n] = new QPushButton(texts[n], this);
        m_language[n]->setCheckable(true);
        m_language[n]->setAutoDefault(false);
        m_language[n]->setFont(large(font(), 14));
        setNamed(m_language[n], QLatin1String(names[n]), texts[n]);
        connect(m_language[n], &QPushButton::clicked, this, [this, n] { setKorean(n == 1); });
        top->addWidget(m_language[n]);
    }
    layout->addLayout(top);
    m_heading = new QLabel(this);
    m_heading->setWordWrap(true);
    m_heading->setFont(large(font(), kBigger, true));
    m_heading->setObjectName(QStringLiteral("formHeading"));
    layout->addWidget(m_heading);
    m_help = makeMuted({}, this);
    m_help->setFont(large(font(), 14));
    layout->addWidget(m_help);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_scroll, 1);
    auto* const bottom = new QHBoxLayout;
    m_back = new QPushButton(this);
    m_next = new QPushButton(this);
    for (QPushButton* const button : {m_back, m_next}) {
        button->setFont(large(font(), kBig));
        button->setMinimumSize(180, 54);
        button->setAutoDefault(false);
    }
    m_next->setProperty("primary", true);
    setNamed(m_back, QStringLiteral("formBack"), tr("Page before"));
    setNamed(m_next, QStringLiteral("formNext"), tr("Next page"));
    bottom->addWidget(m_back);
    bottom->addStretch(1);
    bottom->addWidget(m_next);
    layout->addLayout(bottom);
    connect(m_back, &QPushButton::clicked, this, [this] { setPage(m_page - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { m_page + 1 < pages() ? setPage(m_page + 1) : finish(); });
    connect(&m_workbench, &session::Workbench::knowledgeChanged, this, &PatientForm::fill);
    const auto restyle = [this] {
        const ThemeColours& c = Theme::instance().colours();
        setStyleSheet(QStringLiteral("QPushButton:checked { background: %1; color: %2; border-color: %1; }"
                                     "QPushButton[tick=\"true\"] { padding: 0; border: 2px solid %3; }")
                          .arg(c.accent.name(), c.onAccent.name(), c.muted.name()));
        fill();
    };
    connect(&Theme::instance(), &Theme::changed, this, restyle);
    resize(parent != nullptr ? parent->size() : QSize(1100, 760));
    restyle();
}

QString PatientForm::in(const char* english, const char* korean) const {
    return QString::fromUtf8(m_korean ? korean : english);
}

QString PatientForm::nameOf(const clinic::Symptom& symptom) const {
    return QString::fromStdString(m_korean ? symptom.nameKo : symptom.nameEn);
}

QString PatientForm::questionOf(const clinic::Symptom& symptom) const {
    const std::string& question = m_korean ? symptom.questionKo : symptom.questionEn;
    return question.empty() ? nameOf(symptom) : QString::fromStdString(question);
}

int PatientForm::pages() const {
    const auto& knowledge = m_workbench.knowledge();
    return knowledge ? static_cast<int>(knowledge->groups.size()) + 1 : 1;
}

void PatientForm::setKorean(bool korean) {
    m_korean = korean;
    fill();
}

void PatientForm::setPage(int page) {
    m_page = std::clamp(page, 0, pages() - 1);
    fill();
    if (!m_questions.empty())
        m_questions.front()->setFocus(Qt::OtherFocusReason);
}

bool PatientForm::chosen(const std::string& id) const {
    return std::any_of(m_answers.begin(), m_answers.end(), [&](const auto& answer) { return answer.id == id; });
}

void PatientForm::fill() {
    const auto& knowledge = m_workbench.knowledge();
    m_language[0]->setChecked(!m_korean);
    m_language[1]->setChecked(m_korean);
    setWindowTitle(in(kTitle.english, kTitle.korean));
    m_back->setText(in(kBack.english, kBack.korean));
    const bool last = m_page + 1 >= pages();
    m_next->setText(last ? in(kDone.english, kDone.korean) : in(kNext.english, kNext.korean));
    m_back->setEnabled(m_page > 0);
    m_progress->setRange(0, pages());
    m_progress->setValue(m_page + 1);
    m_questions.clear();
    if (!knowledge)
        return;
    if (last) {
        m_heading->setText(in(kSummary.english, kSummary.korean));
        m_help->setText(in(kSummaryHelp.english, kSummaryHelp.korean));
        fillSummary();
        return;
    }
    const clinic::SymptomGroup& group = knowledge->groups[static_cast<std::size_t>(m_page)];
    m_heading->setText(QString::fromStdString(m_korean ? group.nameKo : group.nameEn));
    m_help->setText(in(kHelp.english, kHelp.korean));
    fillQuestions(group);
}

void PatientForm::fillQuestions(const clinic::SymptomGroup& group) {
    auto* const page = new QWidget;
    page->setObjectName(QStringLiteral("formPage"));
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    const ThemeColours& c = Theme::instance().colours();
    const QFont big = large(font(), kBig);
    const QFont answer = large(font(), 14);
    for (const clinic::Symptom& symptom : m_workbench.knowledge()->symptoms) {
        if (symptom.group != group.id)
            continue;
        const std::string id = symptom.id;
        const bool on = chosen(id);
        auto* const card = new QFrame(page);
        card->setObjectName(QStringLiteral("formCard"));
        card->setStyleSheet(QStringLiteral("#formCard { background: %1; border: 2px solid %2; border-radius: 10px; }")
                                .arg(c.raised.name(), (on ? c.accent : c.border).name()));
        auto* const body = new QVBoxLayout(card);
        body->setContentsMargins(16, 10, 16, 10);
        // A push button does not wrap its words, so the question is a label of its own beside the box.
        auto* const row = new QHBoxLayout;
        auto* const box = new QPushButton(on ? QStringLiteral("✓") : QString(), card);
        box->setCheckable(true);
        box->setChecked(on);
        box->setAutoDefault(false);
        box->setFixedSize(46, 46);
        box->setProperty("tick", true);
        box->setFont(large(font(), 20, true));
        setNamed(box, QStringLiteral("form_%1").arg(QString::fromStdString(id)), questionOf(symptom));
        box->setProperty("symptom", QString::fromStdString(id));
        box->installEventFilter(this);
        connect(box, &QPushButton::clicked, this, [this, id](bool checked) { tick(id, checked); });
        m_questions.push_back(box);
        row->addWidget(box);
        row->addSpacing(12);
        auto* const question = new QLabel(questionOf(symptom), card);
        question->setWordWrap(true);
        question->setFont(big);
        question->setProperty("symptom", QString::fromStdString(id));
        question->installEventFilter(this);
        question->setCursor(Qt::PointingHandCursor);
        row->addWidget(question, 1);
        body->addLayout(row);
        if (on) {
            auto* const more = new QHBoxLayout;
            more->setContentsMargins(58, 0, 0, 0);
            more->setSpacing(8);
            const auto choice = [&](const Words& text, const QString& name, bool checked, std::function<void()> act) {
                auto* const button = new QPushButton(in(text.english, text.korean), card);
                button->setCheckable(true);
                button->setChecked(checked);
                button->setAutoDefault(false);
                button->setFont(answer);
                button->setMinimumHeight(40);
                setNamed(button, name, nameOf(symptom) + QStringLiteral(": ") + button->text());
                connect(button, &QPushButton::clicked, this, [this, act = std::move(act)] {
                    act();
                    fill();
                });
                more->addWidget(button);
            };
            const auto label = [&](const Words& text) {
                auto* const words = new QLabel(in(text.english, text.korean), card);
                words->setFont(answer);
                more->addWidget(words);
            };
            const QString key = QString::fromStdString(id);
            if (m_workbench.knowledge()->sideMatters(id)) {
                const Side side = std::find_if(m_answers.begin(), m_answers.end(), [&](const auto& entry) {
                                      return entry.id == id;
                                  })->side;
                label(kSide);
                const std::tuple<const Words&, const char*, Side> sides[] = {{kLeft, "left", Side::Left},
                                                                             {kRight, "right", Side::Right},
                                                                             {kBoth, "both", Side::Both},
                                                                             {kNotSure, "unsure", Side::Unknown}};
                for (const auto& [text, name, value] : sides)
                    choice(text, QStringLiteral("form_%1_%2").arg(key, QLatin1String(name)), side == value,
                           [this, id, which = value] { chooseSide(id, which); });
                more->addSpacing(18);
            }
            label(kHow);
            const int severity = m_details.count(id) != 0 ? m_details.at(id).severity : 0;
            const Words* const steps[] = {&kMild, &kModerate, &kSevere};
            for (int n = 1; n <= 3; ++n)
                choice(*steps[n - 1], QStringLiteral("form_%1_severity%2").arg(key).arg(n), severity == n,
                       [this, id, n, severity] { m_details[id].severity = severity == n ? 0 : n; });
            more->addStretch(1);
            body->addLayout(more);
            auto* const when = new QHBoxLayout;
            when->setContentsMargins(58, 0, 0, 0);
            auto* const since = new QLineEdit(card);
            since->setFont(answer);
            since->setPlaceholderText(in(kSince.english, kSince.korean));
            since->setMaxLength(120);
            setNamed(since, QStringLiteral("form_%1_since").arg(key),
                     nameOf(symptom) + QStringLiteral(": ") + since->placeholderText());
            since->setText(m_details.count(id) != 0 ? QString::fromStdString(m_details.at(id).onset) : QString());
            connect(since, &QLineEdit::textEdited, this,
                    [this, id](const QString& text) { m_details[id].onset = text.toStdString(); });
            when->addWidget(since, 1);
            when->addStretch(1);
            body->addLayout(when);
        }
        column->addWidget(card);
    }
    column->addStretch(1);
    showPage(page);
}

void PatientForm::fillSummary() {
    auto* const page = new QWidget;
    page->setObjectName(QStringLiteral("formPage"));
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(10);
    const QFont big = large(font(), kBig);
    const QFont answer = large(font(), 14);
    auto* const hand = new QLabel(in(kHand.english, kHand.korean), page);
    hand->setFont(big);
    column->addWidget(hand);
    auto* const hands = new QHBoxLayout;
    const std::tuple<const Words&, const char*, clinic::Handedness> choices[] = {
        {kLeft, "formHandLeft", clinic::Handedness::Left},
        {kRight, "formHandRight", clinic::Handedness::Right},
        {kNotSure, "formHandUnknown", clinic::Handedness::Unknown}};
    for (const auto& [text, name, value] : choices) {
        auto* const button = new QPushButton(in(text.english, text.korean), page);
        button->setCheckable(true);
        button->setChecked(m_hand == value);
        button->setAutoDefault(false);
        button->setFont(answer);
        button->setMinimumHeight(44);
        setNamed(button, QLatin1String(name), hand->text() + QStringLiteral(" ") + button->text());
        connect(button, &QPushButton::clicked, this, [this, which = value] {
            m_hand = which;
            fill();
        });
        hands->addWidget(button);
    }
    hands->addStretch(1);
    column->addLayout(hands);
    QString list;
    for (const clinic::ReportedSymptom& entry : m_answers) {
        const clinic::Symptom* const symptom = m_workbench.knowledge()->symptom(entry.id);
        if (symptom == nullptr)
            continue;
        QStringList more;
        if (entry.side == Side::Left)
            more << in(kLeft.english, kLeft.korean);
        if (entry.side == Side::Right)
            more << in(kRight.english, kRight.korean);
        if (entry.side == Side::Both)
            more << in(kBoth.english, kBoth.korean);
        if (const auto known = m_details.find(entry.id); known != m_details.end()) {
            const Words* const steps[] = {nullptr, &kMild, &kModerate, &kSevere};
            if (const Words* const word = steps[std::clamp(known->second.severity, 0, 3)])
                more << in(word->english, word->korean);
            if (!known->second.onset.empty())
                more << QString::fromStdString(known->second.onset);
        }
        list += QStringLiteral("<li style='margin-bottom:6px'>%1%2</li>")
                    .arg(nameOf(*symptom).toHtmlEscaped(),
                         more.isEmpty() ? QString()
                                        : QStringLiteral(" (%1)").arg(more.join(QStringLiteral(", ")).toHtmlEscaped()));
    }
    auto* const all = new QLabel(
        list.isEmpty() ? in(kNothing.english, kNothing.korean) : QStringLiteral("<ul>%1</ul>").arg(list), page);
    all->setFont(big);
    all->setWordWrap(true);
    all->setObjectName(QStringLiteral("formSummary"));
    column->addWidget(all);
    column->addStretch(1);
    showPage(page);
}

void PatientForm::showPage(QWidget* page) {
    // The page before may be in the middle of a click: it goes with the next turn of the event loop.
    if (QWidget* const before = m_scroll->takeWidget())
        before->deleteLater();
    m_scroll->setWidget(page);
}

void PatientForm::tick(const std::string& id, bool on) {
    std::erase_if(m_answers, [&](const auto& answer) { return answer.id == id; });
    if (on)
        m_answers.push_back({id, Side::Unknown});
    else
        m_details.erase(id);
    const int at = m_scroll->verticalScrollBar()->value();
    fill();
    m_scroll->verticalScrollBar()->setValue(at);
    for (QPushButton* const box : m_questions)
        if (box->property("symptom").toString().toStdString() == id)
            box->setFocus(Qt::OtherFocusReason);
}

void PatientForm::chooseSide(const std::string& id, Side side) {
    for (clinic::ReportedSymptom& answer : m_answers)
        if (answer.id == id)
            answer.side = side;
}

void PatientForm::finish() {
    m_workbench.setHandedness(m_hand);
    m_workbench.setSymptoms(m_answers);
    for (const auto& [id, detail] : m_details)
        m_workbench.setSymptomDetail(id, detail);
    accept();
}

bool PatientForm::eventFilter(QObject* watched, QEvent* event) {
    const std::string id = watched->property("symptom").toString().toStdString();
    if (id.empty())
        return QDialog::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonRelease && qobject_cast<QLabel*>(watched) != nullptr) {
        // The page is built anew: not while one of its own widgets handles an event.
        QMetaObject::invokeMethod(
            this, [this, id] { tick(id, !chosen(id)); }, Qt::QueuedConnection);
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    auto* const key = static_cast<QKeyEvent*>(event);
    const auto later = [this](std::function<void()> act) {
        QMetaObject::invokeMethod(this, std::move(act), Qt::QueuedConnection);
        return true;
    };
    const auto at = std::find(m_questions.begin(), m_questions.end(), watched);
    switch (key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const auto index = at - m_questions.begin() + (key->key() == Qt::Key_Down ? 1 : -1);
        if (index >= 0 && index < static_cast<std::ptrdiff_t>(m_questions.size())) {
            m_questions[static_cast<std::size_t>(index)]->setFocus(Qt::OtherFocusReason);
            m_scroll->ensureWidgetVisible(m_questions[static_cast<std::size_t>(index)]);
        }
        return true;
    }
    case Qt::Key_L:
    case Qt::Key_R:
    case Qt::Key_B: {
        if (!chosen(id) || !m_workbench.knowledge()->sideMatters(id))
            return true;
        const Side side = key->key() == Qt::Key_L ? Side::Left : key->key() == Qt::Key_R ? Side::Right : Side::Both;
        return later([this, id, side] {
            chooseSide(id, side);
            fill();
            for (QPushButton* const box : m_questions)
                if (box->property("symptom").toString().toStdString() == id)
                    box->setFocus(Qt::OtherFocusReason);
        });
    }
    default:
        return QDialog::eventFilter(watched, event);
    }
}

void PatientForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        m_next->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace sulcus::widgets
