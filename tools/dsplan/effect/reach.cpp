#include <sddl/inherit.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/effect/reach.hpp>

#include <map>
#include <optional>
#include <utility>

namespace dsplan::effect {
namespace {

class measurement {
public:
    measurement(projection const& change, reach_question const& question,
                directory::protected_accounts const& protected_ones)
        : change_(change)
        , question_(question)
        , protected_ones_(protected_ones) {}

    void look_at(access::object_index object) {
        ++made_.objects;
        if (ask(object, change_.before, question_.token_before, before_).granted)
            ++made_.already;
        else if (auto const& answer = ask(object, change_.after, question_.token_after, after_);
                 answer.granted)
            ++made_.gained;
        else
            made_.not_reached.push_back(explain(object, answer));
    }

    reach take() && { return std::move(made_); }

private:
    using answers =
        std::map<std::pair<sddl::security_descriptor const*, std::uint32_t>, sddl::access_decision>;

    sddl::access_decision const& ask(access::object_index index, access::directory_image const& image,
                                     sddl::security_token const& token, answers& known) const {
        auto const& object = image.objects[index];
        auto const [found, is_new] =
            known.try_emplace({object.descriptor, object.classes}, sddl::access_decision{});
        auto const& classes = image.classes[object.classes];
        if (is_new && object.descriptor != nullptr && classes.structural != nullptr)
            found->second = decide(question_.right, classes, *object.descriptor, {.who = token, .self = {}});
        return found->second;
    }

    [[nodiscard]] unreached explain(access::object_index object, sddl::access_decision const& answer) const {
        auto const& image = change_.after;
        auto const& is = image.objects[object];
        unreached missed{image.dn(object), obstacle::not_granted, {}};
        if (auto const protection = protected_ones_.find(*change_.before.objects[object].exported)) {
            missed.why = obstacle::protected_account;
            missed.because = protection->through != nullptr ? std::string(protection->through->dn)
                             : protection->only_admin_count
                                 ? "adminCount 1, a group that the export does not show"
                                 : "the account itself";
        } else if (answer.basis == sddl::access_basis::ace) {
            missed.why = obstacle::denied;
            missed.because = image.dn(source_of(object, is.descriptor->dacl->aces[answer.index]));
        } else {
            look_for_block(object, missed);
        }
        return missed;
    }

    // The object, or the ancestor whose own ACE arrived there.
    [[nodiscard]] access::object_index source_of(access::object_index object,
                                                 sddl::ace const& arrived) const {
        auto const& image = change_.after;
        auto const& is = image.objects[object];
        if (!arrived.has(sddl::ace_flag::inherited))
            return object;
        sddl::inheriting_object const arriving{.classes =
                                                   directory::inheriting_classes(image.classes[is.classes]),
                                               .owner = is.descriptor->owner,
                                               .group = is.descriptor->group};
        for (auto above = is.parent; above != access::no_object; above = image.objects[above].parent) {
            auto const* const descriptor = image.objects[above].descriptor;
            if (descriptor == nullptr || !descriptor->dacl)
                break;
            for (sddl::ace const& own : descriptor->dacl->aces) {
                if (directory::arrives_as(own, arrived, arriving, above == is.parent))
                    return above;
            }
        }
        return object;
    }

    // What keeps ACEs of the domain root from arriving, if anything does.
    void look_for_block(access::object_index object, unreached& missed) const {
        auto const& image = change_.after;
        for (auto step = object;; step = image.objects[step].parent) {
            auto const& is = image.objects[step];
            bool const is_blocked =
                is.descriptor != nullptr && is.descriptor->has(sddl::control_bit::dacl_protected);
            bool const is_unknown =
                is.descriptor == nullptr || (!is.is_root && is.parent == access::no_object);
            if (is_unknown || (is_blocked && !is.is_root)) {
                missed.why = is_unknown ? obstacle::unknown : obstacle::blocked_inheritance;
                missed.because = image.dn(step);
                return;
            }
            if (is.is_root)
                return;
        }
    }

    projection const& change_;
    reach_question const& question_;
    directory::protected_accounts const& protected_ones_;
    answers before_;
    answers after_;
    reach made_;
};

} // namespace

reach measure_reach(projection const& change, reach_question const& question,
                    directory::protected_accounts const& protected_ones) {
    measurement measured(change, question, protected_ones);
    for (access::object_index object = 0; object < change.before.objects.size(); ++object) {
        if (question.is_asked(object))
            measured.look_at(object);
    }
    return std::move(measured).take();
}

} // namespace dsplan::effect
