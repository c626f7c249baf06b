#define BOOST_TEST_MODULE sddl
#include <boost/test/unit_test.hpp>
