#pragma once
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

/// The class of html_page.css for findings of this severity.
[[nodiscard]] std::string_view look_of_severity(review::severity level);

/// Draws the repeated parts of a review's page: findings and records, one after the other. The markup is
/// written directly: a large change has hundreds of thousands of them.
class review_part_drawer {
public:
    explicit review_part_drawer(std::vector<std::string> const& files) : files_(files) {}

    /// A record. The rows of a descriptor that several records write are drawn once.
    [[nodiscard]] std::string draw(review::record_reading const& record);

    [[nodiscard]] static std::string draw(review::rule const& broken);
    [[nodiscard]] static std::string draw(review::finding const& found);

private:
    void attribute(std::string& page, review::attribute_reading const& shown);
    void descriptor(std::string& page, words::descriptor_reading const& shown, bool is_shared);
    void table(std::string& page, std::string_view name, words::list_reading const& list, bool is_shared);
    void kept(std::string& page, std::string_view name, words::list_reading const& list, bool is_shared);
    void start_table(std::string& page, std::string_view name);

    std::vector<std::string> const& files_;
    std::map<words::list_reading const*, std::string> rows_;
    std::map<words::list_reading const*, std::size_t> kept_; // the record that shows what stays
    std::size_t record_ = 0;                                 // the number of the one that is drawn
    std::size_t tables_ = 0;                                 // in it
};

} // namespace dsplan::render
