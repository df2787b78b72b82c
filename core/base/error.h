// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sulcus {

/// What a program can branch on.
enum class ErrorCode {
    Cancelled,         ///< the person asked for it; an outcome, not a failure
    InvalidInput,      ///< an argument or a value in a file makes no sense
    NotFound,          ///< a file, folder, row or name does not exist
    Unreadable,        ///< it exists but is not what it should be
    Unsupported,       ///< valid, but outside what the program handles
    ShapeMismatch,     ///< two things that must share a grid or shape do not
    OutOfMemory,       ///< would not fit
    StoreLocked,       ///< another process holds the database
    StoreIncompatible, ///< the database is of a newer or unknown schema
    Internal           ///< a bug or a library failure
};

/// A sentence before it is a sentence: an id of the message catalogue (`ui/session/message_catalogue.cpp`) and the
/// values for its `{name}` places. Core never makes a sentence for a person; the surfaces do, translated in the window
/// and in English on the command line. Ids read `module.what_happened` ("imaging.sequence_missing").
struct Message {
    std::string id;
    std::map<std::string, std::string> parameters = {};

    bool operator==(const Message&) const = default;
};

/// Why something failed. `context` is for the log alone (path, step, library text); it never says who the patient is.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    Message message;
    std::string context = {};
};

/// Name of a code as scripts and logs see it: "cancelled", "not-found", ...
std::string toString(ErrorCode code);

/// The error every cancelled function returns.
Error cancelledError();

} // namespace sulcus
