// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/blocks.h"
#include "core/learning/nn/losses.h"
#include "core/learning/nn/optimiser.h"
#include "core/learning/nn/tensor_file.h"
#include "core/learning/nn/unet.h"
#include "core/learning/nn/windows.h"
#include "core/learning/patch_rule.h"

#include <torch/torch.h>

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

using namespace sulcus;
using namespace sulcus::learning;

namespace {

LossPlan term(const char* name, double gamma = 2.0, std::vector<double> channelWeights = {}) {
    LossPlan t;
    t.name = name;
    t.gamma = gamma;
    t.channelWeights = std::move(channelWeights);
    return t;
}

double value(const torch::Tensor& tensor) { return tensor.item<double>(); }

NetworkSpec unetSpec(const char* task, const nlohmann::json& options) {
    NetworkSpec spec;
    spec.task = task;
    spec.architecture = "unet";
    spec.options = options;
    spec.inputs = {"a", "b", "c", "d"};
    spec.outputs.resize(3);
    return spec;
}

} // namespace

class NetworksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::manual_seed(1); }
    void lossesOfHandComputedValues();
    void classWeightsShiftTheDice();
    void aSmallObjectWeighsAsMuchWhenDiceIsTakenPerCase();
    void unknownVoxelsChangeNothing();
    void perfectPredictionCostsNothing();
    void gradientsMatchFiniteDifferences_data();
    void gradientsMatchFiniteDifferences();
    void sumOfTermsIsTheSum();

    void windowsReturnWhatAnIdentityPredicts_data();
    void windowsReturnWhatAnIdentityPredicts();
    void windowsCoverEveryVoxel();
    void cancelledWindowsStop();

    void doublingEqualsATransposedConvolution();
    void convolutionOfTwoEqualsThatOfTheirConcatenation();
    void unetShapesAndParameterCounts_data();
    void unetShapesAndParameterCounts();
    void forerunnersHaveTheirPublishedSizes();
    void layerNormTreatsAPieceAsTheWhole();
    void ensembleAnswersWithTheMeanOfItsMembers();
    void essentialOptionsAreTheNetworksOwnDefaults();
    void wrongEnsemblesAreNamed_data();
    void wrongEnsemblesAreNamed();
    void vgg16HasItsPublishedSizeAndBothHeads_data();
    void vgg16HasItsPublishedSizeAndBothHeads();
    void pooledViewsHaveNoOrder_data();
    void pooledViewsHaveNoOrder();
    void rowPoolingIgnoresWhereInARowASpotLies();
    void classLossesMatchFiniteDifferences_data();
    void classLossesMatchFiniteDifferences();
    void extraOutputsAppearInTrainingOnly();
    void wrongOptionsAreNamed();

    void optimiserTakesTheFirstStepOfTheFormula();
    void tensorsSurviveTheFile();
    void damagedTensorFilesAreRefused();
    void sizesThatOverflowAreRefused();
    void shippedTensorsAreHalvesWhereHalvesSuffice();
};

void NetworksTest::lossesOfHandComputedValues() {
    // One batch, one channel, two voxels: logits 0 and ln 3, so p = 0.5 and 0.75; truth 0 and 1.
    const auto logits = torch::tensor({0.0, std::log(3.0)}, torch::kFloat64).view({1, 1, 2});
    const auto target = torch::tensor({0.0, 1.0}, torch::kFloat64).view({1, 1, 2});
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
    QVERIFY(near(value(lossOf(term("bce"), logits, target, {}, true)), -(std::log(0.5) + std::log(0.75)) / 2.0));
    QVERIFY(near(value(lossOf(term("focal"), logits, target, {}, true)),
                 -(0.25 * std::log(0.5) + 0.0625 * std::log(0.75)) / 2.0));
    QVERIFY(near(value(lossOf(term("mse"), logits, target, {}, true)), (0.25 + 0.0625) / 2.0));
    QVERIFY(near(value(lossOf(term("dice"), logits, target, {}, true)), 1.0 - (2.0 * 0.75 + 1.0) / (1.25 + 1.0 + 1.0)));

    // Two classes, one voxel: softmax of (0, ln 3) is (0.25, 0.75).
    const auto classes = torch::tensor({0.0, std::log(3.0)}, torch::kFloat64).view({1, 2, 1});
    const auto second = torch::tensor({0.0, 1.0}, torch::kFloat64).view({1, 2, 1});
    QVERIFY(near(value(lossOf(term("ce"), classes, second, {}, false)), -std::log(0.75)));
    QVERIFY(near(value(lossOf(term("focal"), classes, second, {}, false)), -0.0625 * std::log(0.75)));
    QVERIFY(near(value(lossOf(term("mse"), classes, second, {}, false)), 0.0625));
    const double diceBackground = 1.0 - 1.0 / (0.25 + 1.0);
    const double diceClass = 1.0 - (2.0 * 0.75 + 1.0) / (0.75 + 1.0 + 1.0);
    QVERIFY(near(value(lossOf(term("dice"), classes, second, {}, false)), (diceBackground + diceClass) / 2.0));
}

void NetworksTest::classWeightsShiftTheDice() {
    const auto logits = torch::tensor({8.0, 8.0, -8.0, -8.0}, torch::kFloat64).view({1, 2, 2});
    const auto target = torch::ones({1, 2, 2}, torch::kFloat64);
    const double first = value(lossOf(term("dice", 2.0, {1.0, 0.0}), logits, target, {}, true));
    const double second = value(lossOf(term("dice", 2.0, {0.0, 1.0}), logits, target, {}, true));
    const double equal = value(lossOf(term("dice", 2.0, {0.25, 0.25}), logits, target, {}, true));
    QVERIFY(first < 0.01 && second > 0.5);
    QVERIFY(std::abs(equal - (first + second) / 2.0) < 1e-12);
}

void NetworksTest::aSmallObjectWeighsAsMuchWhenDiceIsTakenPerCase() {
    // Two samples: 90 voxels found, 9 voxels missed. Together that is 180 of 189, alone 1 and nearly 0.
    auto logits = torch::full({2, 1, 100}, -50.0, torch::kFloat64);
    auto target = torch::zeros({2, 1, 100}, torch::kFloat64);
    logits[0][0].slice(0, 0, 90).fill_(50.0);
    target[0][0].slice(0, 0, 90).fill_(1.0);
    target[1][0].slice(0, 0, 9).fill_(1.0);
    auto perCase = term("dice");
    perCase.perCase = true;
    QVERIFY(std::abs(value(lossOf(term("dice"), logits, target, {}, true)) - (1.0 - 181.0 / 190.0)) < 1e-9);
    QVERIFY(std::abs(value(lossOf(perCase, logits, target, {}, true)) - (1.0 - (1.0 + 0.1) / 2.0)) < 1e-9);
}

void NetworksTest::unknownVoxelsChangeNothing() {
    const auto logits = torch::randn({2, 3, 4, 4}, torch::kFloat64);
    const auto target = (torch::rand({2, 3, 4, 4}, torch::kFloat64) > 0.5).to(torch::kFloat64);
    auto mask = torch::ones({2, 1, 4, 4}, torch::kFloat64);
    mask.narrow(2, 0, 2).zero_();
    auto other = logits.clone();
    other.narrow(2, 0, 2).normal_();
    for (const char* name : {"dice", "bce", "focal", "mse"}) {
        QCOMPARE(value(lossOf(term(name), logits, target, mask, true)),
                 value(lossOf(term(name), other, target, mask, true)));
    }
    // And with the unknown part cut away the value is the same.
    const auto cut = [](const torch::Tensor& t) { return t.narrow(2, 2, 2); };
    for (const char* name : {"dice", "bce", "focal", "mse"}) {
        QVERIFY(std::abs(value(lossOf(term(name), logits, target, mask, true)) -
                         value(lossOf(term(name), cut(logits), cut(target), {}, true))) < 1e-12);
    }
}

void NetworksTest::perfectPredictionCostsNothing() {
    const auto target = (torch::rand({1, 2, 5, 5}, torch::kFloat64) > 0.5).to(torch::kFloat64);
    const auto logits = (target - 0.5) * 200.0;
    for (const char* name : {"dice", "bce", "focal", "mse"}) {
        QVERIFY(value(lossOf(term(name), logits, target, {}, true)) < 1e-9);
    }
    // Nothing to find and nothing found is perfect too.
    QVERIFY(value(lossOf(term("dice"), torch::full({1, 1, 9}, -100.0, torch::kFloat64),
                         torch::zeros({1, 1, 9}, torch::kFloat64), {}, true)) < 1e-9);
}

void NetworksTest::gradientsMatchFiniteDifferences_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("nested");
    for (const char* name : {"dice", "bce", "focal", "mse"}) {
        QTest::addRow("%s nested", name) << QString(name) << true;
    }
    for (const char* name : {"dice", "ce", "focal", "mse"}) {
        QTest::addRow("%s exclusive", name) << QString(name) << false;
    }
}

void NetworksTest::gradientsMatchFiniteDifferences() {
    QFETCH(QString, name);
    QFETCH(bool, nested);
    auto logits = torch::randn({2, 3, 2, 2}, torch::kFloat64).set_requires_grad(true);
    torch::Tensor target;
    if (nested) {
        target = (torch::rand({2, 3, 2, 2}, torch::kFloat64) > 0.5).to(torch::kFloat64);
    } else {
        target = torch::zeros({2, 3, 2, 2}, torch::kFloat64)
                     .scatter_(1, torch::randint(0, 3, {2, 1, 2, 2}, torch::kLong), 1.0);
    }
    auto mask = torch::ones({2, 1, 2, 2}, torch::kFloat64);
    mask[0][0][0][1] = 0.0;
    const auto loss = term(qPrintable(name), 2.0, {1.0, 2.0, 0.5});
    lossOf(loss, logits, target, mask, nested).backward();
    const auto gradient = logits.grad().view({-1});
    constexpr double kStep = 1e-5;
    for (std::int64_t i = 0; i < gradient.numel(); ++i) {
        const auto shifted = [&](double by) {
            auto moved = logits.detach().clone();
            moved.view({-1})[i] += by;
            return value(lossOf(loss, moved, target, mask, nested));
        };
        const double numeric = (shifted(kStep) - shifted(-kStep)) / (2.0 * kStep);
        // Central differences err by the third derivative times step^2, below 1e-9 here.
        QVERIFY(std::abs(numeric - value(gradient[i])) < 1e-8);
    }
}

void NetworksTest::sumOfTermsIsTheSum() {
    const auto logits = torch::randn({1, 2, 6}, torch::kFloat64);
    const auto target = torch::ones({1, 2, 6}, torch::kFloat64);
    auto dice = term("dice");
    auto focal = term("focal");
    focal.weight = 0.5;
    const double sum = value(lossOf(std::vector<LossPlan>{dice, focal}, logits, target, {}, true));
    QVERIFY(std::abs(sum - value(lossOf(dice, logits, target, {}, true)) -
                     0.5 * value(lossOf(focal, logits, target, {}, true))) < 1e-12);
}

void NetworksTest::windowsReturnWhatAnIdentityPredicts_data() {
    QTest::addColumn<QList<int>>("size");
    QTest::addColumn<QList<int>>("patch");
    QTest::addColumn<double>("overlap");
    QTest::newRow("exact fit") << QList<int>{8, 8, 8} << QList<int>{8, 8, 8} << 0.5;
    QTest::newRow("smaller than a patch") << QList<int>{3, 5, 7} << QList<int>{8, 8, 8} << 0.5;
    QTest::newRow("odd sizes") << QList<int>{17, 9, 23} << QList<int>{8, 4, 8} << 0.5;
    QTest::newRow("no overlap") << QList<int>{16, 20, 9} << QList<int>{8, 8, 8} << 0.0;
    QTest::newRow("much overlap") << QList<int>{11, 10, 12} << QList<int>{4, 4, 4} << 0.9;
    QTest::newRow("2-D") << QList<int>{21, 13} << QList<int>{8, 8} << 0.25;
}

void NetworksTest::windowsReturnWhatAnIdentityPredicts() {
    QFETCH(QList<int>, size);
    QFETCH(QList<int>, patch);
    QFETCH(double, overlap);
    std::vector<std::int64_t> shape{2};
    shape.insert(shape.end(), size.begin(), size.end());
    const auto image = torch::randn(shape);
    const WindowOptions options{std::vector<int>(patch.begin(), patch.end()), overlap, 3};
    const auto result = inferSlidingWindow(
        image, [](const torch::Tensor& x, const TaskContext&) { return x; }, options, TaskContext());
    QVERIFY(result.has_value());
    QVERIFY(result->sizes() == image.sizes());
    // A weighted mean of equal floats: a few roundings.
    QVERIFY(value((*result - image).abs().max()) < 1e-5);
}

void NetworksTest::windowsCoverEveryVoxel() {
    for (int size = 1; size < 60; ++size) {
        for (const double overlap : {0.0, 0.25, 0.5, 0.9}) {
            const auto starts = windowStarts(size, 16, overlap);
            QCOMPARE(starts.front(), 0);
            QCOMPARE(starts.back(), std::max(0, size - 16));
            for (std::size_t i = 1; i < starts.size(); ++i) {
                QVERIFY(starts[i] - starts[i - 1] <= std::max(1.0, std::ceil(16 * (1.0 - overlap))));
            }
        }
    }
}

void NetworksTest::cancelledWindowsStop() {
    std::stop_source stop;
    int calls = 0;
    const Predictor predictor = [&](const torch::Tensor& x, const TaskContext&) {
        ++calls;
        stop.request_stop();
        return x;
    };
    const auto result = inferSlidingWindow(torch::zeros({1, 32, 32, 32}), predictor, {{8, 8, 8}, 0.5, 2},
                                           TaskContext(stop.get_token(), {}));
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Cancelled);
    QCOMPARE(calls, 1);
}

void NetworksTest::doublingEqualsATransposedConvolution() {
    const torch::NoGradGuard guard;
    for (const int dimensions : {2, 3}) {
        DoublingConvolution doubling(dimensions, 5, 4);
        doubling.bias.normal_();
        std::vector<std::int64_t> shape(static_cast<std::size_t>(dimensions) + 2, 3);
        shape[1] = 5;
        const auto input = torch::randn(shape);
        // [out * 2^n, in] -> [in, out, 2, 2(, 2)]
        std::vector<std::int64_t> kernel(static_cast<std::size_t>(dimensions) + 2, 2);
        kernel[0] = 4;
        kernel.insert(kernel.end(), 5);
        kernel[1] = 2;
        kernel = dimensions == 3 ? std::vector<std::int64_t>{4, 2, 2, 2, 5} : std::vector<std::int64_t>{4, 2, 2, 5};
        auto weight = doubling.weight.view({4, 1 << dimensions, 5}).view(kernel);
        weight = dimensions == 3 ? weight.permute({4, 0, 1, 2, 3}) : weight.permute({3, 0, 1, 2});
        const auto expected = dimensions == 3 ? torch::conv_transpose3d(input, weight.contiguous(), doubling.bias, 2)
                                              : torch::conv_transpose2d(input, weight.contiguous(), doubling.bias, 2);
        QVERIFY(value((doubling.forward(input) - expected).abs().max()) < 1e-5);
    }
}

void NetworksTest::convolutionOfTwoEqualsThatOfTheirConcatenation() {
    const torch::NoGradGuard guard;
    Convolution convolution(3, 7, 4, 3);
    const auto a = torch::randn({2, 3, 5, 6, 7});
    const auto b = torch::randn({2, 4, 5, 6, 7});
    QVERIFY(value((convolution.forward(a, b) - convolution.forward(torch::cat({a, b}, 1))).abs().max()) < 1e-5);
}

void NetworksTest::unetShapesAndParameterCounts_data() {
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("options");
    QTest::addColumn<qint64>("parameters");
    // Counted by hand: 3^n in out a convolution (+ out for its offset without instance norm), 2 out a norm, 2^n in out
    // + out a doubling. Levels 4 and 8, one convolution a side: 4*4*27+8, 4*8*27+16, doubling 8*4*8+4, up 8*4*27+8,
    // head 4*3+3.
    QTest::newRow("3-D, instance") << "segmentation-3d"
                                   << R"({"channels": [4, 8], "convolutions": 1, "norm": "instance"})"
                                   << qint64(4 * 4 * 27 + 8 + 4 * 8 * 27 + 16 + 8 * 4 * 8 + 4 + 8 * 4 * 27 + 8 + 4 * 3 +
                                             3);
    QTest::newRow("2-D, batch, linear")
        << "segmentation-2d"
        << R"({"channels": [4, 8], "convolutions": 1, "norm": "batch", "upsampling": "linear"})"
        << qint64(4 * 4 * 9 + 4 + 8 + 4 * 8 * 9 + 8 + 16 + 8 * 4 + 4 + 8 * 4 * 9 + 4 + 8 + 4 * 3 + 3);
    QTest::newRow("strided halving")
        << "segmentation-3d"
        << R"({"channels": [4, 8], "convolutions": 1, "norm": "none", "downsampling": "strided"})"
        << qint64(4 * 4 * 27 + 4 + 4 * 4 * 8 + 4 + 4 * 8 * 27 + 8 + 8 * 4 * 8 + 4 + 8 * 4 * 27 + 4 + 4 * 3 + 3);
}

void NetworksTest::unetShapesAndParameterCounts() {
    QFETCH(QString, task);
    QFETCH(QString, options);
    QFETCH(qint64, parameters);
    const auto spec = unetSpec(qPrintable(task), nlohmann::json::parse(options.toStdString()));
    const auto network = makeNetwork(spec);
    QCOMPARE(qint64(parameterCount(*network)), parameters);
    const bool flat = spec.task == "segmentation-2d";
    const auto input = flat ? torch::randn({2, 4, 8, 12}) : torch::randn({2, 4, 8, 12, 6});
    network->eval();
    const auto output = network->forward(input);
    QCOMPARE(output.size(), 1U);
    auto expected = input.sizes().vec();
    expected[1] = 3;
    QVERIFY(output[0].sizes().vec() == expected);
}

void NetworksTest::forerunnersHaveTheirPublishedSizes() {
    auto brain =
        unetSpec("segmentation-3d", nlohmann::json::parse(R"({"channels": [16, 32, 64, 128, 256], "norm": "none",
                                                                     "activation": "relu", "dropout": [0.1, 0.1, 0.2, 0.2, 0.3]})"));
    brain.inputs.resize(3);
    brain.outputs.resize(4);
    QCOMPARE(parameterCount(*makeNetwork(brain)), std::int64_t{5645828});

    NetworkSpec lung = unetSpec("segmentation-2d", nlohmann::json::object());
    lung.architecture = "encoder-decoder";
    lung.inputs.resize(1);
    lung.outputs.resize(1);
    const auto lungNetwork = makeNetwork(lung);
    // 320 + 18496 + 73856 down, 16512 per pixel, 147584 + 73792 + 577 up.
    QCOMPARE(parameterCount(*lungNetwork), std::int64_t{331137});
    const auto output = lungNetwork->forward(torch::zeros({1, 1, 64, 32})).front();
    QVERIFY(output.sizes().vec() == (std::vector<std::int64_t>{1, 1, 64, 32}));
}

void NetworksTest::layerNormTreatsAPieceAsTheWhole() {
    Norm norm("layer", 5);
    const auto whole = torch::randn({1, 5, 8, 6, 4}) * 3.0 + 2.0;
    const auto result = norm.forward(whole);
    QVERIFY(value(result.mean({1}).abs().max()) < 1e-5);
    QVERIFY(value((result.square().mean({1}) - 1.0).abs().max()) < 0.05);
    const auto piece = norm.forward(whole.narrow(2, 3, 2).contiguous());
    QVERIFY(torch::allclose(piece, result.narrow(2, 3, 2), 1e-5, 1e-5));
    // Empty background stays near the offset, here 0.
    QVERIFY(value(norm.forward(torch::full({1, 5, 2, 2, 2}, 0.3)).abs().max()) < 1e-4);
}

void NetworksTest::ensembleAnswersWithTheMeanOfItsMembers() {
    const auto spec = [] {
        auto made = unetSpec("segmentation-3d", nlohmann::json::parse(R"({"members": [
            {"architecture": "unet", "architecture_options": {"channels": [4, 8], "norm": "instance"}},
            {"architecture": "unet", "architecture_options": {"channels": [2, 4, 8], "norm": "none",
                                                             "deep_supervision": true}}]})"));
        made.architecture = "ensemble";
        return made;
    }();
    QCOMPARE(granularityOf(spec), 4); // the deepest member's
    const auto network = makeNetwork(spec);
    const auto input = torch::randn({1, 4, 8, 8, 12});
    const auto alone = [&](std::size_t member) {
        const auto of = makeNetwork(membersOf(spec).at(member));
        std::map<std::string, torch::Tensor> weights;
        for (const auto& [name, tensor] : stateOf(*network)) {
            const auto prefix = memberName(member) + ".";
            if (name.rfind(prefix, 0) == 0) {
                weights[name.substr(prefix.size())] = tensor;
            }
        }
        const auto loaded = loadState(*of, weights, "member");
        of->eval();
        return loaded ? of->forward(input).front() : torch::Tensor();
    };
    network->train();
    QCOMPARE(network->forward(input).size(), 1U); // the first member has no extra output
    network->eval();
    const auto outputs = network->forward(input);
    QCOMPARE(outputs.size(), 1U);
    QVERIFY(torch::allclose(outputs[0], (alone(0) + alone(1)) / 2.0, 1e-5, 1e-6));
}

void NetworksTest::essentialOptionsAreTheNetworksOwnDefaults() {
    const auto defaults =
        essentialOptions(unetSpec("segmentation-3d", nlohmann::json{{"channels", {4, 8}}, {"dropout", {0.1, 0.1}}}));
    const UNetOptions own;
    QVERIFY(!defaults.contains("dropout"));
    QCOMPARE(defaults.size(), 7U);
    QCOMPARE(defaults.at("convolutions").get<int>(), own.convolutions);
    QCOMPARE(defaults.at("norm").get<std::string>(), own.norm);
    QCOMPARE(defaults.at("activation").get<std::string>(), own.activation);
    QCOMPARE(defaults.at("upsampling").get<std::string>(), own.upsampling);
    QCOMPARE(defaults.at("downsampling").get<std::string>(), own.downsampling);
    QCOMPARE(defaults.at("residual").get<bool>(), own.residual);
}

void NetworksTest::wrongEnsemblesAreNamed_data() {
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("field");
    const QString unet = R"({"architecture": "unet", "architecture_options": {"channels": [4, 8]}})";
    QTest::newRow("no members") << "{}"
                                << "architecture_options.members";
    QTest::newRow("one") << R"({"members": [)" + unet + "]}"
                         << "architecture_options.members";
    QTest::newRow("an ensemble in it") << R"({"members": [)" + unet +
                                              R"(, {"architecture": "ensemble", "architecture_options": {}}]})"
                                       << "architecture_options.members[1].architecture";
    QTest::newRow("a member's wrong option")
        << R"({"members": [)" + unet +
               R"(, {"architecture": "unet", "architecture_options": {"channels": [4, 8], "norm": "group"}}]})"
        << "architecture_options.members[1].architecture_options.norm";
    QTest::newRow("a member whose options are a number")
        << R"({"members": [)" + unet + R"(, {"architecture": "unet", "architecture_options": 7}]})"
        << "architecture_options.members[1].architecture_options";
    QTest::newRow("a member without options") << R"({"members": [)" + unet + R"(, {"architecture": "unet"}]})"
                                              << "architecture_options.members[1].architecture_options";
}

void NetworksTest::wrongEnsemblesAreNamed() {
    QFETCH(QString, options);
    QFETCH(QString, field);
    auto spec = unetSpec("segmentation-3d", nlohmann::json::parse(options.toStdString()));
    spec.architecture = "ensemble";
    std::string named;
    try {
        makeNetwork(spec);
    } catch (const FieldError& error) {
        named = error.field;
    }
    QCOMPARE(QString::fromStdString(named), field);
}

void NetworksTest::vgg16HasItsPublishedSizeAndBothHeads_data() {
    QTest::addColumn<QString>("norm");
    QTest::addColumn<qlonglong>("published"); // three channels, 1000 classes
    QTest::addColumn<int>("side");
    QTest::newRow("configuration D") << QString("none") << qlonglong{138357544} << 224;
    QTest::newRow("smaller pictures") << QString("none") << qlonglong{138357544} << 64;
    // A scale and an offset for each of the 4224 channels of its thirteen convolutions.
    QTest::newRow("batch norm") << QString("batch") << qlonglong{138357544 + 2 * 4224} << 64;
}

void NetworksTest::vgg16HasItsPublishedSizeAndBothHeads() {
    QFETCH(QString, norm);
    QFETCH(qlonglong, published);
    QFETCH(int, side);
    NetworkSpec spec = unetSpec("classification", nlohmann::json{{"norm", norm.toStdString()}});
    spec.architecture = "vgg16";
    spec.inputs.assign(8, "view");
    spec.outputs.resize(6); // "aneurysm", and five locations
    const auto network = makeNetwork(spec);
    // Five more channels are 5 * 64 * 3 * 3 weights; six outputs instead of 1000 leave out 994 rows of 4096 weights and
    // an offset.
    QCOMPARE(parameterCount(*network), std::int64_t{published} + 5 * 64 * 9 - 994 * 4097);
    const torch::NoGradGuard guard;
    network->eval();
    const auto output = network->forward(torch::zeros({1, 8, side, side})).front();
    QVERIFY(output.sizes().vec() == (std::vector<std::int64_t>{1, 6}));
}

namespace {

NetworkSpec viewPoolSpec(const char* pooling) {
    NetworkSpec spec = unetSpec(
        "classification",
        nlohmann::json{
            {"channels", {4, 8}}, {"convolutions", 1}, {"hidden", 6}, {"pooling", pooling}, {"coordinates", false}});
    spec.architecture = "view-pool";
    spec.inputs.assign(5, "view");
    spec.outputs.resize(2);
    return spec;
}

} // namespace

void NetworksTest::pooledViewsHaveNoOrder_data() {
    QTest::addColumn<QString>("pooling");
    QTest::newRow("rows") << QString("rows");
    QTest::newRow("views") << QString("views");
}

void NetworksTest::pooledViewsHaveNoOrder() {
    QFETCH(QString, pooling);
    const auto network = makeNetwork(viewPoolSpec(qPrintable(pooling)));
    network->eval();
    // 1 -> 4 (40) with its norm (8), 4 -> 8 (296) with its norm (16), 16 -> 6 (102), 6 -> 2 (14); no weight of its own
    // for any view.
    QCOMPARE(parameterCount(*network), std::int64_t{40 + 8 + 296 + 16 + 102 + 14});
    QCOMPARE(granularityOf(viewPoolSpec(qPrintable(pooling))), 2);
    const auto views = torch::randn({2, 5, 16, 12});
    const auto output = network->forward(views).front();
    QVERIFY(output.sizes().vec() == (std::vector<std::int64_t>{2, 2}));
    const auto turned = network->forward(views.roll(2, 1)).front();
    QVERIFY(torch::allclose(output, turned, 1e-5, 1e-6));
    QVERIFY(!torch::allclose(output, network->forward(views * 2.0).front(), 1e-3, 1e-3));
}

void NetworksTest::rowPoolingIgnoresWhereInARowASpotLies() {
    const auto network = makeNetwork(viewPoolSpec("rows"));
    network->eval();
    const torch::NoGradGuard guard;
    const auto with = [&](std::int64_t row, std::int64_t column, std::int64_t other) {
        auto views = torch::zeros({1, 5, 24, 24});
        for (std::int64_t v = 0; v < 5; ++v) {
            views[0][v].narrow(0, row, 2).narrow(1, v % 2 == 0 ? column : other, 2).fill_(3.0);
        }
        return network->forward(views).front();
    };
    QVERIFY(torch::allclose(with(10, 6, 6), with(10, 14, 8), 1e-5, 1e-6));
}

void NetworksTest::classLossesMatchFiniteDifferences_data() {
    QTest::addColumn<bool>("summed");
    QTest::newRow("bce of [N, outputs]") << false;
    QTest::newRow("weighted sum of all losses") << true;
}

void NetworksTest::classLossesMatchFiniteDifferences() {
    QFETCH(bool, summed);
    auto logits = torch::randn({4, 3}, torch::kFloat64).set_requires_grad(true);
    const auto target = (torch::rand({4, 3}, torch::kFloat64) > 0.5).to(torch::kFloat64);
    std::vector<LossPlan> terms{term("bce", 2.0, {3.0, 1.0, 1.0})};
    if (summed) {
        for (const char* name : {"dice", "focal", "mse"}) {
            terms.push_back(term(name));
            terms.back().weight = 0.3;
        }
    }
    lossOf(terms, logits, target, {}, true).backward();
    constexpr double kStep = 1e-5;
    for (std::int64_t i = 0; i < logits.numel(); ++i) {
        const auto shifted = [&](double by) {
            auto moved = logits.detach().clone();
            moved.view({-1})[i] += by;
            return value(lossOf(terms, moved, target, {}, true));
        };
        const double numeric = (shifted(kStep) - shifted(-kStep)) / (2.0 * kStep);
        QVERIFY(std::abs(numeric - value(logits.grad().view({-1})[i])) < 1e-8);
    }
    if (!summed) {
        // By hand: p = 0.5 and 0.75 of the truths 0 and 1, with weights 3 and 1 about their mean 2.
        const auto two = torch::tensor({{0.0, std::log(3.0)}}, torch::kFloat64);
        const auto truth = torch::tensor({{0.0, 1.0}}, torch::kFloat64);
        const double expected = (-1.5 * std::log(0.5) - 0.5 * std::log(0.75)) / 2.0;
        QVERIFY(std::abs(value(lossOf(term("bce", 2.0, {3.0, 1.0}), two, truth, {}, true)) - expected) < 1e-12);
    }
}

void NetworksTest::extraOutputsAppearInTrainingOnly() {
    const auto spec =
        unetSpec("segmentation-3d", nlohmann::json::parse(
                                        R"({"channels": [4, 8, 8], "deep_supervision": true, "residual": true,
                                                          "dropout": [0.1, 0.1, 0.2], "activation": "elu"})"));
    const auto network = makeNetwork(spec);
    QCOMPARE(granularityOf(spec), 4);
    network->train();
    const auto outputs = network->forward(torch::randn({1, 4, 8, 8, 8}));
    QCOMPARE(outputs.size(), 2U);
    QCOMPARE(outputs[1].size(2), std::int64_t{4});
    network->eval();
    QCOMPARE(network->forward(torch::randn({1, 4, 8, 8, 8})).size(), 1U);
}

void NetworksTest::wrongOptionsAreNamed() {
    const auto field = [](const char* options) {
        try {
            makeNetwork(unetSpec("segmentation-3d", nlohmann::json::parse(options)));
        } catch (const FieldError& error) {
            return error.field;
        }
        return std::string("none");
    };
    QCOMPARE(field(R"({"channels": [4]})"), std::string("architecture_options.channels"));
    QCOMPARE(field(R"({"channels": [4, 8], "norm": "group"})"), std::string("architecture_options.norm"));
    QCOMPARE(field(R"({"channels": [4, 8], "dropout": [0.1]})"), std::string("architecture_options.dropout"));
    QVERIFY_EXCEPTION_THROWN(makeNetwork(unetSpec("classification", nlohmann::json{{"channels", {4, 8}}})), FieldError);
}

void NetworksTest::optimiserTakesTheFirstStepOfTheFormula() {
    TrainingPlan plan;
    plan.weightDecay = 0.1;
    const auto step = [&](const char* name) {
        plan.optimiser = name;
        auto parameter = torch::tensor({{2.0}}, torch::kFloat64).set_requires_grad(true);
        Optimiser optimiser(plan, {{"p", parameter}});
        (parameter * 3.0).sum().backward();
        optimiser.update(0.01, 1);
        return value(parameter);
    };
    // Adam's first step is the rate times the gradient's sign; AdamW shrinks first; SGD takes rate times (gradient +
    // decay).
    QVERIFY(std::abs(step("adam") - (2.0 - 0.01)) < 1e-8);
    QVERIFY(std::abs(step("adamw") - (2.0 * (1.0 - 0.001) - 0.01)) < 1e-8);
    QVERIFY(std::abs(step("sgd") - (2.0 - 0.01 * (3.0 + 0.2))) < 1e-12);
    plan.optimiser = "sgd";
    auto parameter = torch::tensor({3.0, 4.0}, torch::kFloat64).set_requires_grad(true);
    Optimiser optimiser(plan, {{"p", parameter}});
    (parameter * parameter).sum().backward();
    QCOMPARE(optimiser.clip(1.0), 10.0);
    QVERIFY(std::abs(value(parameter.grad().norm()) - 1.0) < 1e-12);
}

void NetworksTest::tensorsSurviveTheFile() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "t.safetensors";
    TensorFile file;
    file.tensors["a"] = torch::randn({2, 3, 4});
    file.tensors["b"] = torch::randn({5}).to(torch::kFloat16);
    file.tensors["c"] = torch::randn({}, torch::kFloat64);
    file.about = {{"step", 7}};
    QVERIFY(writeTensors(path, file).has_value());
    const auto back = readTensors(path);
    QVERIFY(back.has_value());
    QCOMPARE(back->about["step"].get<int>(), 7);
    for (const auto& [name, tensor] : file.tensors) {
        QVERIFY(torch::equal(back->tensors.at(name), tensor));
        QVERIFY(back->tensors.at(name).scalar_type() == tensor.scalar_type());
    }
}

void NetworksTest::sizesThatOverflowAreRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "t.safetensors";
    // 2^29 * 2^29 * 64 numbers of four bytes are 0 bytes in 64 bits.
    const std::string header = R"({"a":{"dtype":"F32","shape":[536870912,536870912,64],"data_offsets":[0,0]}})";
    std::ofstream stream(path, std::ios::binary);
    const std::string length{static_cast<char>(header.size()), 0, 0, 0, 0, 0, 0, 0};
    stream << length << header;
    stream.close();
    const auto read = readTensors(path);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().message.id, std::string("learning.weights_unreadable"));
}

void NetworksTest::shippedTensorsAreHalvesWhereHalvesSuffice() {
    QVERIFY(toShipped(torch::tensor({1.5, -65504.0})).scalar_type() == torch::kFloat16);
    const auto large = toShipped(torch::tensor({1.5, 106621.0}));
    QVERIFY(large.scalar_type() == torch::kFloat32);
    QCOMPARE(value(large.max()), 106621.0);
    QVERIFY(toShipped(torch::tensor({std::int64_t{7}})).scalar_type() == torch::kInt64);
    QVERIFY(isFinite(large));
    QVERIFY(!isFinite(torch::tensor({1.0, std::nan("")})));
}

void NetworksTest::damagedTensorFilesAreRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "t.safetensors";
    QVERIFY(readTensors(path).error().code == ErrorCode::NotFound);
    TensorFile file;
    file.tensors["a"] = torch::randn({100});
    QVERIFY(writeTensors(path, file).has_value());
    const auto size = std::filesystem::file_size(path);
    for (const auto cut : {size - 1, size / 2, std::uintmax_t{20}, std::uintmax_t{3}}) {
        std::filesystem::resize_file(path, cut);
        QVERIFY(readTensors(path).error().code == ErrorCode::Unreadable);
    }
    std::ofstream(path, std::ios::binary) << std::string(8, '\xff') << "{}";
    QVERIFY(readTensors(path).error().code == ErrorCode::Unreadable);
}

QTEST_GUILESS_MAIN(NetworksTest)
#include "tst_networks.moc"
