#pragma once
#include <ldif/changes/entry.hpp>
#include <ldif/writer.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <random>
#include <string>
#include <vector>

/// A small directory whose objects know each other by number, so that renames and deletions need no thought:
/// what the real rules must come to is written down by export_text().
class directory_model {
public:
    struct object {
        int parent = 0;
        std::string name;
        std::string title;
        std::vector<std::string> info;
        std::vector<int> members;
    };

    explicit directory_model(unsigned seed) : random_(seed) { objects_[0] = {-1, "x", {}, {}, {}}; }

    void mutate(int steps) {
        for (; steps > 0; --steps)
            switch (number(13)) {
            case 0:
            case 1:
            case 2:
                add();
                break;
            case 3:
                remove();
                break;
            case 4:
                objects_.size() > 1 ? rename(any()) : void();
                break;
            case 5:
                move();
                break;
            case 6:
                swap_names();
                break;
            case 7:
                change_case(any());
                break;
            case 8:
                make_again(any());
                break;
            case 9:
                swap_places();
                break;
            default:
                modify(any());
            }
    }

    [[nodiscard]] std::string dn(int id) const {
        if (id == 0)
            return "DC=x";
        auto const& it = objects_.at(id);
        return "CN=" + it.name + "," + dn(it.parent);
    }

    [[nodiscard]] std::vector<dsplan::ldif::entry> entries(bool with_guid) const {
        std::vector<dsplan::ldif::entry> all;
        for (auto const& [id, it] : objects_) {
            dsplan::ldif::entry made;
            made.dn = dn(id);
            made.attributes.push_back({"objectClass", {"container"}});
            if (id != 0)
                made.attributes.push_back({"cn", {it.name}});
            if (with_guid)
                made.attributes.push_back({"objectGUID", {"guid" + std::to_string(id)}});
            if (!it.title.empty())
                made.attributes.push_back({"displayName", {it.title}});
            if (!it.info.empty())
                made.attributes.push_back({"otherTelephone", it.info});
            std::vector<std::string> members;
            for (int const member : it.members)
                members.push_back(dn(member));
            if (!members.empty())
                made.attributes.push_back({"member", members});
            all.push_back(std::move(made));
        }
        return all;
    }

    [[nodiscard]] std::string export_text() const {
        std::string text;
        for (auto const& it : entries(true))
            dsplan::ldif::write(text, to_record(it), {.profile = dsplan::ldif::writer_profile::rfc2849});
        return text;
    }

private:
    int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    int any() {
        auto it = objects_.begin();
        std::advance(it, number(static_cast<int>(objects_.size())));
        return it->first;
    }

    bool is_below(int id, int above) const {
        for (; id != -1; id = objects_.at(id).parent)
            if (id == above)
                return true;
        return false;
    }

    bool is_taken(int parent, std::string const& name) const {
        return std::any_of(objects_.begin(), objects_.end(), [&](auto const& it) {
            return it.second.parent == parent && std::tolower(it.second.name[0]) == std::tolower(name[0]) &&
                   it.second.name.substr(1) == name.substr(1);
        });
    }

    void add() {
        int const parent = any();
        auto const name = "n" + std::to_string(number(12));
        if (!is_taken(parent, name))
            objects_[next_++] = {parent, name, {}, {}, {}};
    }

    void remove() {
        int const gone = any();
        if (gone == 0)
            return;
        std::vector<int> below;
        for (auto const& [id, it] : objects_)
            if (is_below(id, gone))
                below.push_back(id);
        for (int const id : below)
            objects_.erase(id);
        for (auto& [id, it] : objects_)
            std::erase_if(it.members, [this](int member) { return !objects_.contains(member); });
    }

    void rename(int id) {
        auto const name = "n" + std::to_string(number(12));
        if (id != 0 && !is_taken(objects_[id].parent, name))
            objects_[id].name = name;
    }

    void move() {
        int const id = any();
        int const parent = any();
        if (id != 0 && !is_below(parent, id) && !is_taken(parent, objects_[id].name))
            objects_[id].parent = parent;
    }

    // "n3" and "N3" are one name.
    void change_case(int id) {
        auto& first = objects_[id].name[0];
        if (id != 0)
            first = static_cast<char>(first == 'n' ? 'N' : 'n');
    }

    // Another object takes the name, and what lies below and what names it.
    void make_again(int id) {
        if (id == 0)
            return;
        int const made = next_++;
        objects_[made] = {objects_[id].parent, objects_[id].name, "made again", {}, {}};
        objects_.erase(id);
        for (auto& [other, it] : objects_) {
            if (it.parent == id)
                it.parent = made;
            std::replace(it.members.begin(), it.members.end(), id, made);
        }
    }

    void swap_names() {
        int const one = any();
        int const two = any();
        if (one != 0 && two != 0 && objects_[one].parent == objects_[two].parent)
            std::swap(objects_[one].name, objects_[two].name);
    }

    // Each takes the name and the container of the other, contents and links stay with them.
    void swap_places() {
        int const one = any();
        int const two = any();
        if (one == 0 || two == 0 || is_below(one, two) || is_below(two, one))
            return;
        std::swap(objects_[one].name, objects_[two].name);
        std::swap(objects_[one].parent, objects_[two].parent);
    }

    void modify(int id) {
        auto& it = objects_[id];
        switch (number(4)) {
        case 0:
            it.title = number(3) == 0 ? "" : "t" + std::to_string(number(5));
            break;
        case 1: {
            auto const value = "i" + std::to_string(number(6));
            if (std::erase(it.info, value) == 0)
                it.info.push_back(value);
            break;
        }
        default: {
            int const member = any();
            if (std::erase(it.members, member) == 0)
                it.members.push_back(member);
        }
        }
    }

    std::mt19937 random_;
    std::map<int, object> objects_;
    int next_ = 1;
};
