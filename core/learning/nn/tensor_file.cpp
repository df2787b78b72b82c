// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/tensor_file.h"

#include "core/learning/interruption.h"
#include "core/learning/json_fields.h"
#include "core/learning/whole_file.h"

#include <torch/torch.h>

#include <cstring>
#include <fstream>
#include <system_error>

namespace sulcus::learning {

namespace {

struct TypeName {
    torch::ScalarType type;
    const char* name;
};
constexpr TypeName kTypes[] = {
    {torch::kFloat16, "F16"}, {torch::kFloat32, "F32"}, {torch::kFloat64, "F64"}, {torch::kInt64, "I64"}};

} // namespace

Result<void> writeTensors(const std::filesystem::path& file, const TensorFile& content) {
    nlohmann::json header = nlohmann::json::object();
    // The layout allows only texts here, so the object travels as one.
    header["__metadata__"] = {{"about", content.about.dump()}};
    std::vector<torch::Tensor> data;
    std::size_t offset = 0;
    for (const auto& [name, tensor] : content.tensors) {
        auto flat = tensor.detach().to(torch::kCPU).contiguous();
        const char* type = nullptr;
        for (const auto& candidate : kTypes) {
            if (candidate.type == flat.scalar_type()) {
                type = candidate.name;
            }
        }
        if (type == nullptr) {
            return fail(ErrorCode::Internal, "learning.internal", {}, "tensor type of " + name);
        }
        const std::size_t bytes = flat.nbytes();
        header[name] = {{"dtype", type}, {"shape", flat.sizes().vec()}, {"data_offsets", {offset, offset + bytes}}};
        offset += bytes;
        data.push_back(std::move(flat));
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    auto temporary = file;
    temporary += ".part";
    {
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        char length[8];
        for (int i = 0; i < 8; ++i) {
            length[i] = static_cast<char>((text.size() >> (8 * i)) & 0xff);
        }
        stream.write(length, sizeof length);
        stream.write(text.data(), static_cast<std::streamsize>(text.size()));
        for (const auto& tensor : data) {
            stream.write(static_cast<const char*>(tensor.data_ptr()), static_cast<std::streamsize>(tensor.nbytes()));
        }
        stream.close();
        if (!stream) {
            // What is half written would hold the room that is needed.
            std::error_code ignored;
            std::filesystem::remove(temporary, ignored);
            return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", file.string()}});
        }
    }
    std::error_code code;
    std::filesystem::rename(temporary, file, code);
    if (code) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", file.string()}}, code.message());
    }
    return {};
}

torch::Tensor toShipped(const torch::Tensor& tensor) {
    constexpr double kLargestHalf = 65504.0;
    if (!tensor.is_floating_point() || tensor.numel() == 0) {
        return tensor.to(torch::kCPU);
    }
    const auto plain = tensor.to(torch::kCPU, torch::kFloat32);
    const bool fits = plain.abs().max().item<double>() <= kLargestHalf; // false for NaN, too
    return fits ? plain.to(torch::kFloat16) : plain;
}

bool isFinite(const torch::Tensor& tensor) {
    return !tensor.is_floating_point() || torch::isfinite(tensor.to(torch::kFloat32)).all().item<bool>();
}

Result<TensorFile> readTensors(const std::filesystem::path& file) {
    const auto whole = readWholeFile(file);
    if (!whole) {
        return fail(whole.error());
    }
    const auto& bytes = *whole;
    const auto broken = [&](const std::string& why) {
        return fail(ErrorCode::Unreadable, "learning.weights_unreadable", {{"file", file.string()}}, why);
    };
    if (bytes.size() < 8) {
        return broken("shorter than its length field");
    }
    std::size_t length = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    if (length > bytes.size() - 8) {
        return broken("header is cut short");
    }
    const auto header = parseJson<nlohmann::json>(std::string_view(bytes).substr(8, length));
    if (!header.is_object()) {
        return broken("header is not JSON");
    }
    TensorFile content;
    const std::size_t start = 8 + length;
    const std::size_t available = bytes.size() - start;
    try {
        for (const auto& [name, entry] : header.items()) {
            if (name == "__metadata__") {
                content.about = parseJson<nlohmann::json>(entry.value("about", std::string("{}")));
                continue;
            }
            const auto shape = entry.at("shape").get<std::vector<std::int64_t>>();
            const auto from = entry.at("data_offsets").at(0).get<std::size_t>();
            const auto to = entry.at("data_offsets").at(1).get<std::size_t>();
            const TypeName* type = nullptr;
            for (const auto& candidate : kTypes) {
                if (entry.at("dtype").get<std::string>() == candidate.name) {
                    type = &candidate;
                }
            }
            std::size_t count = 1;
            for (const auto n : shape) {
                // No product that fits the file can overflow.
                if (n < 0 || n > 1'000'000'000 || count > available) {
                    return broken("shape of " + name);
                }
                count *= static_cast<std::size_t>(n);
            }
            if (type == nullptr || to > available || from > to || to - from != count * torch::elementSize(type->type)) {
                return broken("entry " + name);
            }
            pollInterruption();
            auto tensor = torch::empty(shape, torch::TensorOptions().dtype(type->type));
            std::memcpy(tensor.data_ptr(), bytes.data() + start + from, to - from);
            content.tensors.emplace(name, std::move(tensor));
        }
    } catch (const nlohmann::json::exception& error) {
        return broken(error.what());
    }
    return content;
}

std::map<std::string, torch::Tensor> stateOf(const torch::nn::Module& network) {
    std::map<std::string, torch::Tensor> state;
    for (const auto& item : network.named_parameters()) {
        state[item.key()] = item.value().detach();
    }
    for (const auto& item : network.named_buffers()) {
        state[item.key()] = item.value().detach();
    }
    return state;
}

Result<void> loadState(torch::nn::Module& network, const std::map<std::string, torch::Tensor>& state,
                       const std::filesystem::path& file) {
    const torch::NoGradGuard guard;
    for (auto& [name, tensor] : stateOf(network)) {
        const auto found = state.find(name);
        if (found == state.end() || found->second.sizes() != tensor.sizes()) {
            return fail(ErrorCode::ShapeMismatch, "learning.weights_shape",
                        {{"file", file.string()}, {"tensor", name}});
        }
        const_cast<torch::Tensor&>(tensor).copy_(found->second);
    }
    return {};
}

} // namespace sulcus::learning
