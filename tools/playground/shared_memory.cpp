// Boost.Interprocess names these for memory that processes share, which nothing here has; emscripten has no
// functions for it.
#include <cerrno>
#include <cstdint>
#include <sys/shm.h>

extern "C" {

void* shmat(int /*which*/, void const* /*place*/, int /*flags*/) {
    errno = ENOSYS;
    return reinterpret_cast<void*>(std::intptr_t{-1});
}

int shmdt(void const* /*place*/) {
    errno = ENOSYS;
    return -1;
}

int shmctl(int /*which*/, int /*command*/, shmid_ds* /*data*/) {
    errno = ENOSYS;
    return -1;
}
}
