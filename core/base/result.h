// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace sulcus {

/// A value, or the reason why there is none. Same shape as C++23's `std::expected`, which may replace it.
template <typename T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::NotFound, "imaging.file_missing", {{"file", path}}, "while listing")`
inline tl::unexpected<Error> fail(ErrorCode code, std::string messageId,
                                  std::map<std::string, std::string> parameters = {}, std::string context = {}) {
    return tl::unexpected<Error>(Error{code, Message{std::move(messageId), std::move(parameters)}, std::move(context)});
}

/// `return fail(std::move(other.error()))`: passes an error on.
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> failCancelled() { return tl::unexpected<Error>(cancelledError()); }

} // namespace sulcus
