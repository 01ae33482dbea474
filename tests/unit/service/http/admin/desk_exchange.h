// DeskExchange: an Exchange with two sites, administrators' keys, and comments that were checked.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "classifier/json.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http {

struct DeskExchange : Exchange {
  Caller here = installation.caller("here.example");
  Caller there = installation.caller("there.example");
  std::string owner = curator({});
  std::string moderator = curator({here.site.id});

  // An administrator's key for these sites, or for any.
  std::string curator(const std::vector<SiteId>& sites) { return installation.add_token(sites); }
  std::string check(const Caller& caller, const std::string& text, const std::string& email = "") {
    CheckRequest request;
    request.comment.content = text;
    request.comment.author = "Dora";
    request.comment.author_email = email;
    request.comment.blog = "https://" + caller.site.url;
    return must(winnow::check(installation.services, caller, request, random_id())).id;
  }
  Reply send(const std::string& key, std::string method, const std::string& path,
             const Json& body = {}) const {
    return ask(std::move(method), "/api/v1/admin/" + path, body.is_null() ? "" : to_text(body),
               {{"authorization", "Bearer " + key}});
  }
  Json sent(const std::string& key, std::string method, const std::string& path,
            const Json& body = {}) const {
    const Reply reply = send(key, std::move(method), path, body);
    CAPTURE(reply.body);
    CHECK(reply.status == 200);
    return *parse_json(reply.body);
  }
};

}  // namespace winnow::http
