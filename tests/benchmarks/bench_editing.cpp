// SPDX-License-Identifier: Apache-2.0
// Times of what the hand waits for while it edits a mask of BraTS size (240 x 240 x 155): a click to correct, the end
// of a stroke, undo, and the surfaces that follow. Prints the median and the worst of twenty.
#include "tests/ui/session/fake_services.h"
#include "ui/scene/surface.h"
#include "ui/session/mask_editor.h"
#include "ui/session/measurements.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace sulcus;
using namespace sulcus::session;

namespace {

constexpr int kRuns = 20;

/// How deep inside a ragged tumour of about 100 ml a voxel lies: positive inside, in voxels.
double depth(int i, int j, int k) {
    const double wave = 3.0 * std::sin(i * 0.45) + 3.0 * std::cos(j * 0.37) + 2.0 * std::sin(k * 0.6);
    return 29.0 + wave - std::hypot(i - 90.0, j - 120.0, (k - 80.0) * 1.1);
}

std::shared_ptr<const imaging::Case> fullSizedCase() {
    auto volume = std::make_shared<imaging::Volume>();
    volume->geometry.size = {240, 240, 155};
    volume->voxels.assign(volume->geometry.voxelCount(), 100.0F);
    auto mask = std::make_shared<imaging::LabelMap>();
    mask->geometry = volume->geometry;
    mask->voxels.assign(volume->voxels.size(), 0);
    for (int k = 0; k < 155; ++k)
        for (int j = 0; j < 240; ++j)
            for (int i = 0; i < 240; ++i)
                if (const double d = depth(i, j, k); d > 0.0)
                    mask->voxels[mask->geometry.offset({i, j, k})] = static_cast<std::uint8_t>(d > 18.0   ? 1
                                                                                               : d > 12.0 ? 4
                                                                                                          : 2);
    auto made = std::make_shared<imaging::Case>();
    made->files.id = "bench";
    made->volumes.push_back({imaging::Sequence::Flair, volume});
    made->truth = mask;
    return made;
}

void print(const char* what, double limit, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-42s median %6.1f ms  worst %6.1f ms  limit %5.0f ms\n", what, times[times.size() / 2], times.back(),
                limit);
}

std::vector<double> timesOf(const std::function<void()>& work, const std::function<void()>& prepare) {
    std::vector<double> times;
    for (int n = 0; n < kRuns; ++n) {
        prepare();
        QElapsedTimer clock;
        clock.start();
        work();
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    return times;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    auto world = std::make_shared<test::FakeWorld>();
    world->phantom = fullSizedCase();
    Services services = test::fakeServices(world);
    services.locate = nullptr;
    services.compare = nullptr;
    services.segment = [](const imaging::Case& imagingCase, const workflow::SegmentOptions&,
                          const TaskContext&) -> Result<workflow::SegmentationResult> {
        workflow::SegmentationResult result;
        result.mask = imagingCase.truth;
        for (const double shift : {0.0, -12.0, -12.0}) {
            auto probability = std::make_shared<imaging::Volume>();
            probability->geometry = imagingCase.geometry();
            probability->voxels.resize(probability->geometry.voxelCount());
            for (int k = 0; k < 155; ++k)
                for (int j = 0; j < 240; ++j)
                    for (int i = 0; i < 240; ++i)
                        probability->voxels[probability->geometry.offset({i, j, k})] =
                            static_cast<float>(1.0 / (1.0 + std::exp(-(depth(i, j, k) + shift) * 0.4)));
            result.probabilities.push_back(probability);
        }
        result.probabilityNames = {"WT", "TC", "ET"};
        return result;
    };
    JobRunner runner(JobRunner::Mode::Inline);
    Workbench bench(services, runner, {});
    MaskEditor editor(bench);
    const auto settle = [&] {
        while (!runner.idle())
            QCoreApplication::processEvents();
    };
    bench.start();
    settle();
    bench.openCase("/bench");
    settle();
    bench.segment();
    settle();
    CaseSession& session = bench.session();
    std::printf("mask of %.0f ml\n", session.data()->targetMl.at(imaging::Target::WholeTumour));
    const auto pointer = [&](double i, double j, double k) {
        return EditPointer{session.geometry().worldFromIndex({i, j, k}), 2, false, 1.0};
    };
    const auto click = [&](const EditPointer& where) {
        editor.press(where);
        editor.release(where);
    };
    const auto back = [&] {
        while (session.undoStack().index() > 1)
            session.undo();
    };
    editor.setTool(EditTool::Add);
    print("click to correct, tumour here", 100, timesOf([&] { click(pointer(90, 152, 80)); }, back));
    editor.setTool(EditTool::Remove);
    print("click to correct, no tumour here", 100, timesOf([&] { click(pointer(90, 146, 80)); }, back));
    editor.setTool(EditTool::Brush);
    editor.setLabel(2);
    editor.state().update([](EditState& state) {
        state.brushMm = 20.0;
        state.ball = true;
    });
    print("a dab of a 20 mm ball, all of it", 100, timesOf([&] { click(pointer(60, 100, 60)); }, back));
    {
        std::vector<double> moves;
        back();
        editor.press(pointer(60, 100, 60));
        for (int n = 0; n < kRuns; ++n) {
            QElapsedTimer clock;
            clock.start();
            editor.drag(pointer(60 + n, 100, 60));
            moves.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        editor.release(pointer(80, 100, 60));
        print("a move of the brush", 16, moves);
    }
    back();
    click(pointer(60, 100, 60));
    print("undo of a dab", 50,
          timesOf([&] { session.undo(); },
                  [&] {
                      if (session.canRedo())
                          session.redo();
                  }));
    back();
    editor.copyFrom(
        imaging::LabelMap{session.geometry(), std::vector<std::uint8_t>(session.geometry().voxelCount(), 0), {}},
        imaging::LabelEra::Brats2021, std::bitset<256>().set(), "clear");
    print("undo of clearing the mask", 50,
          timesOf([&] { session.undo(); },
                  [&] {
                      if (session.canRedo())
                          session.redo();
                  }));
    back();
    const imaging::LabelMapPtr mask = session.data()->mask;
    print("surfaces of three labels", 300,
          timesOf([&] { static_cast<void>(scene::buildSurfaces(*mask, {}, {})); }, [] {}));
    return 0;
}
