#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/key_survey.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>

#include <fmt/format.h>

#include <map>
#include <set>
#include <span>

namespace dsplan::directory {
namespace {

constexpr std::size_t shortest_rsa_key = 2048;
constexpr std::int64_t controller_flags = 0x2000 | 0x4000000; // [MS-ADTS] 2.2.16

std::set<sddl::guid> devices_of(snapshot const& exported) {
    std::set<sddl::guid> devices;
    for (entry const& object : exported.entries()) {
        if (!object.is_a("msDS-Device"))
            continue;
        if (auto const octets = object.first(attribute::ms_ds_device_id))
            if (auto const id = sddl::read_guid(std::as_bytes(std::span(*octets))))
                devices.insert(*id);
        auto const name = ldif::first_rdn_text(object.dn);
        if (auto const id = sddl::parse_guid(name.substr(name.find('=') + 1)))
            devices.insert(*id);
    }
    return devices;
}

class surveyor {
public:
    surveyor(snapshot const& exported, membership const& members)
        : exported_(exported)
        , protected_(exported, members)
        , devices_(devices_of(exported)) {}

    key_survey survey(std::function<bool(entry const&)> const& is_wanted) {
        key_survey made{.keys = {}, .accounts = 0, .knows_devices = !devices_.empty()};
        for (entry const& account : exported_.entries()) {
            if (account.is_a("user") || account.is_a("computer") || account.is_a("inetOrgPerson"))
                made.accounts += is_wanted(account) ? 1U : 0U;
            account.for_each(attribute::ms_ds_key_credential_link,
                             [&](std::string_view value) { made.keys.push_back(read(account, value)); });
        }
        for (surveyed_key& key : made.keys)
            if (key.link)
                judge(key);
        std::erase_if(made.keys, [&](surveyed_key const& key) { return !is_wanted(*key.account); });
        return made;
    }

private:
    surveyed_key read(entry const& account, std::string_view value) {
        surveyed_key made{.account = &account, .unreadable = {}, .link = {}, .material = {}, .faults = {}};
        auto link = read_linked_key(value);
        if (!link) {
            made.unreadable = link.error();
            made.faults.push_back({"unreadable-value", "the value cannot be read: " + link.error()});
            return made;
        }
        if (link->key.material) {
            made.material = read_public_key(*link->key.material);
            owners_[link->key.expected_key_id].push_back(&account);
        }
        made.link = std::move(*link);
        return made;
    }

    void judge(surveyed_key& shown) const {
        auto const& key = shown.link->key;
        auto const add = [&](std::string_view rule, std::string text) {
            shown.faults.push_back({rule, std::move(text)});
        };
        if (key.key_id && key.material && *key.key_id != key.expected_key_id)
            add("key-mismatch", "the KeyID is not the SHA-256 of the key");
        if (key.key_hash && *key.key_hash != key.expected_key_hash)
            add("key-mismatch", "the KeyHash is not the SHA-256 of what follows it");
        for (std::string_view const missing : missing_entries(key))
            add("key-mismatch", fmt::format("the value lacks {}", missing));
        if (ldif::normalize(shown.link->owner) != ldif::normalize(shown.account->dn))
            add("key-owner", fmt::format("the value names {}", shown.link->owner));
        judge_account(shown, add);
        judge_device(key, add);
        judge_material(shown, add);
    }

    template <class Add>
    void judge_account(surveyed_key const& shown, Add const& add) const {
        entry const& account = *shown.account;
        auto const flags = account.number(attribute::user_account_control).value_or(0);
        if ((flags & controller_flags) != 0)
            add("key-on-privileged", "the account is a domain controller");
        else if (auto const found = protected_.find(account))
            add("key-on-privileged",
                found->through != nullptr
                    ? fmt::format("the account is protected, through {}", found->through->dn)
                : found->only_admin_count ? "adminCount of the account is 1"
                                          : "the account is protected by itself");
        bool const is_user = !account.is_a("computer");
        if (is_user && shown.link->key.source == std::uint8_t{0})
            add("key-source", "the source of the key is Active Directory, and the account is a user");
    }

    template <class Add>
    void judge_device(key_credential const& key, Add const& add) const {
        if (!key.device || *key.device == sddl::guid{})
            return add("key-device", "the key names no device");
        if (!devices_.empty() && !devices_.contains(*key.device))
            add("key-device-unknown",
                fmt::format("device {} is none of the devices in the export", *key.device));
    }

    template <class Add>
    void judge_material(surveyed_key const& shown, Add const& add) const {
        auto const bits = shown.material.bits();
        if (bits != 0 && bits < shortest_rsa_key)
            add("key-weak", fmt::format("the key has {} bits", bits));
        if (has_roca_fingerprint(shown.material.modulus))
            add("key-weak", "the key bears the mark of CVE-2017-15361");
        if (!shown.material.fault.empty())
            add("key-mismatch", fmt::format("the key cannot be read: {}", shown.material.fault));
        auto const& key = shown.link->key;
        auto const same = key.material ? owners_.find(key.expected_key_id) : owners_.end();
        if (same == owners_.end() || same->second.size() < 2)
            return;
        std::set<std::string_view> others;
        for (entry const* const owner : same->second)
            if (owner != shown.account)
                others.insert(owner->dn);
        if (others.empty())
            return add("key-duplicate", "the account has the same key more than once");
        add("key-duplicate", others.size() == 1 ? fmt::format("{} has the same key", *others.begin())
                                                : fmt::format("{} and {} more have the same key",
                                                              *others.begin(), others.size() - 1));
    }

    snapshot const& exported_;
    protected_accounts protected_;
    std::set<sddl::guid> devices_;
    std::map<std::string, std::vector<entry const*>, std::less<>> owners_; // by key
};

} // namespace

tl::expected<linked_key, std::string> read_linked_key(std::string_view value) {
    auto linked = ldif::parse_name_with_data(value);
    if (!linked)
        return tl::unexpected(ldif::message(linked.error()));
    auto key = read_key_credential(linked->data);
    if (!key)
        return tl::unexpected(
            fmt::format("octet {} of the key: {}", key.error().begin, sddl::message(key.error())));
    return linked_key{*std::move(key), std::move(linked->dn)};
}

key_survey survey_keys(snapshot const& exported, membership const& members,
                       std::function<bool(entry const&)> const& is_wanted) {
    return surveyor(exported, members).survey(is_wanted);
}

} // namespace dsplan::directory
