#include <ldif/attribute_description.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/effect/access_comparison.hpp>
#include <tools/dsplan/effect/changed_image.hpp>
#include <tools/dsplan/effect/concerned_objects.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/effect/propagation.hpp>
#include <tools/dsplan/effect/scope.hpp>
#include <tools/dsplan/effect/unknown_objects.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>

#include <utility>

namespace dsplan::effect {
namespace {

// Whom AdminSDHolder's task protects after the change: the holders of a protected group, and who stands for
// itself.
std::vector<bool> protected_objects(access::directory_image const& image, directory::snapshot const& exported,
                                    directory::protected_accounts const& known) {
    std::vector<bool> made(image.objects.size());
    std::vector<access::object_index> waiting;
    auto const take = [&](access::object_index object) {
        if (!made[object] && !image.objects[object].is_deleted) {
            made[object] = true;
            waiting.push_back(object);
        }
    };
    for (directory::entry const& object : exported.entries()) {
        auto const found = known.find(object);
        auto const index = static_cast<access::object_index>(&object - exported.entries().data());
        if (!found || found->only_admin_count)
            continue;
        if (found->through == nullptr)
            made[index] = true; // itself, not its members
        else if (found->through == &object)
            take(index);
    }
    for (; !waiting.empty();) {
        auto const group = waiting.back();
        waiting.pop_back();
        for (auto const member : image.members[group])
            take(member);
    }
    return made;
}

// What the objects have until the task runs; nothing where it would change none.
std::vector<sddl::security_descriptor const*> descriptors_until_task(access::directory_image& after,
                                                                     access::directory_image const& before,
                                                                     protection_task const& task) {
    std::vector<sddl::security_descriptor const*> made;
    if (!would_stamp(after, task))
        return made;
    std::vector<sddl::security_descriptor const*> written;
    for (auto const& object : after.objects)
        written.push_back(object.descriptor);
    propagate(after, before, {});
    for (auto const& object : after.objects)
        made.push_back(object.descriptor);
    for (std::size_t index = 0; index < written.size(); ++index)
        after.objects[index].descriptor = written[index];
    return made;
}

} // namespace

namespace {

// AdminSDHolder of the object's domain; an object that the change adds is in that of its container.
std::function<access::object_index(access::object_index)>
find_holder_in(projection const& made, directory::snapshot const& exported) {
    return [&made, &exported](access::object_index object) {
        auto const& image = object < made.before.objects.size() ? made.before : made.after;
        auto const* const holder = directory::find_admin_sd_holder(exported, *image.objects[object].exported);
        return holder == nullptr ? access::no_object
                                 : static_cast<access::object_index>(holder - exported.entries().data());
    };
}

// Without the deletions of values that a snapshot does not keep: whether they are there, it cannot say.
ldif::record kept_by_snapshot(ldif::record const& change, directory::snapshot const& exported) {
    auto const keeps = [&](std::string_view name) {
        auto const known = directory::find_attribute(name);
        if (known != directory::attribute::description)
            return known || ldif::same_description(name, "nTSecurityDescriptor");
        auto const* const object = exported.find(change.dn); // it keeps those of few accounts
        return object != nullptr && object->first(*known).has_value();
    };
    auto kept = change;
    std::erase_if(kept.modifications, [&](ldif::modification const& it) {
        return it.operation == ldif::modification_operation::delete_values &&
               !keeps(ldif::attribute_name(it.description));
    });
    return kept;
}

} // namespace

result<projection> project(change_context const& context, directory::membership const& members,
                           change_application const& applied, prediction_options const& options) {
    projection made;
    made.before = access::make_image(context.exported, members, context.known);
    directory::protected_accounts const known(context.exported, members, options.rules);
    protection_task task;
    task.holder_of = find_holder_in(made, context.exported);
    if (options.runs_protection_task) {
        task.is_protected = protected_objects(made.before, context.exported, known);
        auto const settled = stamp(made.before, task);
        made.settled_first = settled.stamped;
        made.unsettled = settled.unsettled;
    }
    made.after = made.before;
    made.summary = applied.summary();
    auto told = with_temporary_files(
        [&]() -> result<std::vector<std::string>> { return change_image(made.after, context, applied); });
    if (!told)
        return tl::unexpected(std::move(told).error());
    made.summary.not_followed.insert(made.summary.not_followed.end(), told->begin(), told->end());
    if (options.runs_protection_task) {
        auto const was = std::move(task.is_protected);
        task.is_protected = protected_objects(made.after, context.exported, known);
        for (std::size_t index = 0; index < task.is_protected.size(); ++index)
            made.newly_protected += task.is_protected[index] && !(index < was.size() && was[index]);
    }
    made.until_task = descriptors_until_task(made.after, made.before, task);
    propagate(made.after, made.before, task);
    made.inherited_first = settle(made.before, made.after);
    made.is_protected = std::move(task.is_protected);
    return made;
}

result<projection> project(change_context const& context, directory::membership const& members,
                           std::span<ldif::record const> changes, prediction_options const& options) {
    return with_temporary_files([&] {
        change_application applied(
            context.exported,
            concerned_objects(context.exported, changes, {.requires_parents = options.requires_parents}));
        for (auto const& change : changes)
            (void)applied.apply(
                kept_by_snapshot(change, context.exported)); // what is refused stands in the summary
        return project(context, members, applied, options);
    });
}

effect compare(change_context const& context, projection const& change) {
    effect made;
    made.summary = change.summary;
    made.newly_protected = change.newly_protected;
    made.settled_first = change.settled_first;
    made.inherited_first = change.inherited_first;
    auto compared = compare_access(context, change);
    made.changes = std::move(compared.changes);
    made.unknown = std::move(compared.unknown);
    made.scopes = measure_scopes(change.before, change.after, change.is_protected);
    auto const gaps = context.exported.gaps();
    made.unknown.insert(made.unknown.end(), gaps.begin(), gaps.end());
    for (auto& reason : unknown_objects(change))
        made.unknown.push_back(std::move(reason));
    for (std::size_t index = 0; index < change.before.objects.size(); ++index)
        made.descriptors_changed +=
            change.before.objects[index].descriptor != change.after.objects[index].descriptor;
    return made;
}

result<effect> predict(change_context const& context, directory::membership const& members,
                       std::span<ldif::record const> changes, prediction_options const& options) {
    return project(context, members, changes, options).map([&](projection const& change) {
        return compare(context, change);
    });
}

} // namespace dsplan::effect
