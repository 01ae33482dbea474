// Traces: what of a comment is counted under a name, beside its author's e-mail address.
#pragma once

#include <set>
#include <string>

#include "classifier/features.h"

namespace winnow {

// The network of an address: /24 of an IPv4 one, /64 of an IPv6 one. "" for what is no address, and for one
// of no place on the internet (loopback, private), which a proxy in front of the platform gives to everybody.
std::string network_name(const std::string& address);

// Registrable domains that the text and the URL field link to, the first 20; without those that everybody
// links to: reputable hosts, shorteners, hosts of profiles.
std::set<std::string> linked_domains(const Features& features);

}  // namespace winnow
