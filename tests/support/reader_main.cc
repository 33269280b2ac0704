// A program that is nothing but a worker of ReaderPool, for tests. With PIA_TEST_READER set it
// misbehaves: "crash" and "hang" do that on files whose name holds the word, as a library would.

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>

#include "indexer/reader_pool.h"

int main(int argc, char** argv) {
  const char* fault = std::getenv("PIA_TEST_READER");
  if (fault && std::strcmp(fault, "hang") == 0) pause();
  if (fault && std::strcmp(fault, "crash") == 0) raise(SIGSEGV);
  if (fault && std::strcmp(fault, "babble") == 0)
    return write(STDOUT_FILENO, "PIA2 nonsense", 13) == 13 ? (pause(), 0) : 1;
  return pia::run_as_reader(argc, argv).value_or(2);
}
