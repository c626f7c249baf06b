#include <ldif/base64.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/render/html_page.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <html_templates.hpp>
#include <kainjow/mustache.hpp>
#include <stdexcept>

namespace dsplan::render {
namespace {

namespace mustache = kainjow::mustache;

mustache::data to_data(nlohmann::ordered_json const& value) {
    if (value.is_object()) {
        mustache::data made(mustache::data::type::object);
        for (auto const& [name, member] : value.items())
            made.set(name, to_data(member));
        return made;
    }
    if (value.is_array()) {
        mustache::data made(mustache::data::type::list);
        for (auto const& element : value)
            made.push_back(to_data(element));
        return made;
    }
    if (value.is_string() && !value.get_ref<std::string const&>().empty())
        return mustache::data(value.get_ref<std::string const&>());
    if (value.is_number())
        return mustache::data(value.dump());
    return mustache::data(value.is_boolean() && value.get<bool>() ? mustache::data::type::bool_true
                                                                  : mustache::data::type::bool_false);
}

std::string hash_source(std::string_view text) {
    return fmt::format("'sha256-{}'", ldif::encode_base64(sha256_octets(text)));
}

std::string policy_for(std::string_view style, std::string_view script) {
    return fmt::format("default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
                       hash_source(style), hash_source(script));
}

// What stands for the body, to cut the page there; no title can hold a line feed.
constexpr std::string_view body_mark = "\n<!-- body -->\n";

} // namespace

html_page::html_page(std::string_view title, std::string_view style, std::string_view script) {
    auto const whole_style = std::string(embedded::html_page_css) + std::string(style);
    auto const whole_script = std::string(embedded::html_page_js) + std::string(script);
    auto const page =
        fill_html(embedded::html_page_mustache, {{"policy", policy_for(whole_style, whole_script)},
                                                 {"title", title},
                                                 {"style", whole_style},
                                                 {"script", whole_script},
                                                 {"body", body_mark}});
    auto const place = page.find(body_mark);
    head_ = page.substr(0, place);
    tail_ = page.substr(place + body_mark.size());
}

std::string html_page::tail(page_provenance const& from) const {
    constexpr std::string_view end_of_main = "</main>\n";
    return std::string(end_of_main) + foot_html(from) + tail_.substr(end_of_main.size());
}

struct html_template::parsed {
    mustache::mustache text;
};

html_template::html_template(std::string_view text)
    : parsed_(std::make_unique<parsed>(parsed{mustache::mustache{std::string(text)}})) {
    if (!parsed_->text.is_valid())
        throw std::logic_error("template: " + parsed_->text.error_message());
    parsed_->text.set_custom_escape([](std::string const& plain) { return html_text(plain); });
}

html_template::html_template(html_template&&) noexcept = default;
html_template& html_template::operator=(html_template&&) noexcept = default;
html_template::~html_template() = default;

std::string html_template::fill(nlohmann::ordered_json const& values) const {
    return parsed_->text.render(to_data(values));
}

std::string html_text(std::string_view text) {
    return mustache::html_escape(printable(text));
}

} // namespace dsplan::render
