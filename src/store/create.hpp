#pragma once

#include <filesystem>

#include "store/schema.hpp"
#include "store/writer_lock.hpp"

namespace spinsweep::store {

/// What to do with a file that already has the wanted name.
enum class Existing { refuse, replace };

/// Makes the results file lock.results() with everything but the cases' rows in it. Not collective: one process calls
/// it, and every rank opens the file afterwards. Its disk space is reserved if the file system supports that. Errors:
/// EnvironmentError if the name is taken (see `existing`), the folder cannot be written to or has too little space for
/// all cases; Error if the schema is wrong.
void create(const WriterLock& lock, const Schema& schema, Existing existing = Existing::refuse);

/// The same for a caller without further use for the lock.
void create(const std::filesystem::path& results, const Schema& schema, Existing existing = Existing::refuse);

}  // namespace spinsweep::store
