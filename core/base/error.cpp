// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"

namespace sulcus {

std::string toString(ErrorCode code) {
    switch (code) {
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::InvalidInput:
        return "invalid-input";
    case ErrorCode::NotFound:
        return "not-found";
    case ErrorCode::Unreadable:
        return "unreadable";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::ShapeMismatch:
        return "shape-mismatch";
    case ErrorCode::OutOfMemory:
        return "out-of-memory";
    case ErrorCode::StoreLocked:
        return "store-locked";
    case ErrorCode::StoreIncompatible:
        return "store-incompatible";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

Error cancelledError() { return Error{ErrorCode::Cancelled, Message{"base.cancelled"}, {}}; }

} // namespace sulcus
