#include "generated_export.hpp"

#include <ldif/writer.hpp>

#include <array>

namespace {

// A generator of our own: the standard's distributions differ between libraries.
class numbers {
public:
    explicit numbers(std::uint32_t seed) : state_(seed) {}
    std::uint32_t next() {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>(state_ >> 33);
    }
    std::string octets(std::size_t count) {
        std::string made(count, '\0');
        for (char& octet : made)
            octet = static_cast<char>(next());
        return made;
    }

private:
    std::uint64_t state_;
};

} // namespace

std::string generated_export(std::size_t size, std::uint32_t seed, bool changed) {
    numbers random(seed);
    std::array<std::string, 20> descriptors;
    for (auto& it : descriptors)
        it = random.octets(1500);
    std::string text;
    text.reserve(size + 8192);
    dsplan::ldif::record user;
    user.changetype = dsplan::ldif::change_type::add;
    for (std::uint32_t number = 0; text.size() < size; ++number) {
        auto const id = std::to_string(number);
        auto const folder = ",OU=Unit " + std::to_string(number / 1000) + ",DC=contoso,DC=com";
        user.dn = "CN=User " + id + folder;
        user.attributes.clear();
        auto const add = [&user](char const* name, std::string value) {
            user.attributes.push_back({name, std::move(value)});
        };
        for (auto const* name : {"top", "person", "organizationalPerson", "user"})
            add("objectClass", name);
        add("cn", "User " + id);
        add("description", changed && number % 100 == 0 ? "changed" : "An account for the measurement");
        add("distinguishedName", user.dn);
        add("instanceType", "4");
        add("whenCreated", "20240102030405.0Z");
        add("displayName", "User Number " + id);
        add("memberOf", "CN=Group " + std::to_string(number % 50) + ",OU=Groups,DC=contoso,DC=com");
        add("memberOf",
            "CN=Everyone in Unit " + std::to_string(number / 1000) + ",OU=Groups,DC=contoso,DC=com");
        add("nTSecurityDescriptor", descriptors[random.next() % descriptors.size()]);
        add("name", "User " + id);
        add("objectGUID", random.octets(16));
        add("userAccountControl", "512");
        add("objectSid", random.octets(28));
        add("sAMAccountName", "user" + id);
        add("userPrincipalName", "user" + id + "@contoso.com");
        dsplan::ldif::write(text, user, {.line_end = dsplan::ldif::line_ends::lf});
    }
    return text;
}
