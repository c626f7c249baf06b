#include <tools/dsplan/paths/forest_edges.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace dsplan::paths {
namespace {

class adding_forest_edges {
public:
    adding_forest_edges(pointing_edges& into, directory_side const& side, account_facts const& facts,
                        control_judge const& judge)
        : into_(into)
        , side_(side)
        , facts_(facts)
        , judge_(judge) {}

    void run() {
        take_templates();
        for (auto const root : facts_.roots())
            if (judge_.lets_outsiders_add_controllers(root))
                open_roots_.push_back(root);
        bool const has_names = facts_.certificates().holds_weak_template();
        auto const count = static_cast<object_index>(side_.image.objects.size());
        for (object_index object = 0; object < count; ++object) {
            if (side_.image.objects[object].is_deleted)
                continue;
            auto const is = facts_.targets_of(object);
            if ((is & on::forest_settings) != 0)
                add({object}, facts_.roots(), "if it lets in operators, or owners of computers, who lead on");
            if ((is & on::class_schemas) != 0)
                add({object}, facts_.roots(), "if an object of the class that is made later leads on");
            if (has_names && (is & (on::users | on::computers)) != 0)
                take_name(object);
            if ((is & on::computers) != 0)
                take_computer(object);
        }
    }

private:
    void add(control_node const& from, std::vector<object_index> const& roots, std::string_view condition) {
        auto const how = condition.empty() ? strength::decisive : strength::conditional;
        for (auto const root : roots)
            into_.add(from, {{root}, edge_kind::forest, how, condition});
    }

    // What a certificate of a template is good for, and what somebody who writes the template makes it good
    // for. [MS-CRTD]
    void take_templates() {
        for (auto const& [object, of] : facts_.certificates().templates()) {
            add({object}, facts_.roots(), {});
            if (auto const condition = worth_all(of))
                add({object, aspect::certificate}, facts_.roots(), *condition);
            if (of.group != access::no_object && of.is_free && of.logs_on)
                into_.add({object, aspect::certificate}, {{of.group}, edge_kind::enroll_into_group});
        }
    }

    // The condition on which a certificate is good for anybody.
    static std::optional<std::string_view> worth_all(template_facts const& of) {
        if (of.is_free && of.logs_on && of.names_anybody)
            return std::string_view();
        if (of.is_free && of.is_for_anything)
            return "if a second template takes what the certificate signs, or a service its purpose";
        return of.is_weak() ? std::optional<std::string_view>("if it may write the logon name of an account")
                            : std::nullopt;
    }

    // A certificate that holds no SID is good for whom it names.
    void take_name(object_index account) {
        auto const token_class = side_.tokens.classes().class_of[account];
        if (token_class == access::no_class)
            return;
        auto const [known, is_new] = enrolls_weakly_.try_emplace(token_class, false);
        if (is_new)
            known->second = judge_.enrolls_weakly({account, token_class});
        if (known->second)
            add({account, aspect::logon_name}, facts_.roots(), {});
    }

    void take_computer(object_index computer) {
        auto const domain = side_.image.objects[computer].domain;
        for (auto const root : open_roots_)
            if (side_.image.objects[root].domain == domain)
                into_.add({computer, aspect::controller}, {{root}, edge_kind::forest});
    }

    pointing_edges& into_;
    directory_side const& side_;
    account_facts const& facts_;
    control_judge const& judge_;
    std::map<std::uint32_t, bool> enrolls_weakly_; // by class of token
    std::vector<object_index> open_roots_;         // to which somebody may add domain controllers
};

} // namespace

void add_forest_edges(pointing_edges& into, directory_side const& side, account_facts const& facts,
                      control_judge const& judge) {
    adding_forest_edges(into, side, facts, judge).run();
}

} // namespace dsplan::paths
