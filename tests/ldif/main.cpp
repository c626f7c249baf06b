#define BOOST_TEST_MODULE ldif
#include <boost/test/unit_test.hpp>
