// SPDX-License-Identifier: Apache-2.0
// One step's work of a 3 x 3 x 3 convolution of 16 channels at 96 x 112 x 96 on one thread: with the border that the
// convolution lays itself, and with one laid around beforehand. core/learning/nn/blocks.cpp chooses by the processor.
#include <torch/torch.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace {

/// Processor milliseconds of forward and backward, the median of `rounds`.
double medianOf(const torch::Tensor& input, const torch::Tensor& weight, bool byHand, int rounds) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const std::clock_t start = std::clock();
        const auto output = byHand ? torch::conv3d(torch::constant_pad_nd(input, {1, 1, 1, 1, 1, 1}), weight)
                                   : torch::conv3d(input, weight, {}, 1, 1);
        output.sum().backward();
        times.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
    return times[static_cast<std::size_t>(rounds / 2)];
}

} // namespace

int main() {
    torch::set_num_threads(1);
    const auto input = torch::randn({1, 16, 96, 112, 96}).requires_grad_();
    const auto weight = torch::randn({16, 16, 3, 3, 3}).requires_grad_();
    medianOf(input, weight, false, 1);
    const double own = medianOf(input, weight, false, 5);
    const double byHand = medianOf(input, weight, true, 5);
    std::printf("own border %.0f ms, border by hand %.0f ms: %.2f times as fast\n", own, byHand, own / byHand);
    return 0;
}
