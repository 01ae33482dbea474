<?php
/**
 * Plugin Name: winnow
 * Description: Turns the Akismet plugin's calls to your own winnow server. Set WINNOW_URL in wp-config.php.
 *
 * A must-use plugin: it belongs in wp-content/mu-plugins/. For WordPress 6.1 and later, PHP 7.4 and later.
 * No call of the Akismet plugin leaves for Akismet while this file is there, whether or not winnow can be reached.
 */

namespace winnow;

const TIMEOUT = 5;  // seconds; the visitor who comments waits that long when winnow hangs
const PAUSE = 30;   // seconds without a call after one that failed: the Akismet plugin tries three times on end

/** WINNOW_URL without its last slash; '' when it is missing or is no address to send calls to. */
function url() {
    $url = \defined('WINNOW_URL') && \is_string(\WINNOW_URL) ? rtrim(\WINNOW_URL, '/') : '';
    $named = '~^https?://[a-z0-9._-]+(:\d+)?(/[a-z0-9._/-]*)?$~i';
    $host = preg_match($named, $url) ? (string) wp_parse_url($url, PHP_URL_HOST) : '';
    return $host === '' || preg_match('/(^|\.)akismet\.com$/i', $host) ? '' : $url;
}

/** Is this a call to rest.akismet.com or KEY.rest.akismet.com, by its URL or, when that has an address, by its Host? */
function is_akismet($url, array $headers) {
    $hosts = [(string) wp_parse_url($url, PHP_URL_HOST), (string) ($headers['host'] ?? '')];
    return (bool) preg_grep('/(^|\.)rest\.akismet\.com(:\d+)?$/i', $hosts);
}

/** What winnow answers to the call, or a WP_Error. After a failure it is left alone for a while. */
function ask($path_and_query, array $args) {
    static $rest_until = 0;
    if (url() === '') {
        return new \WP_Error('winnow_url', 'WINNOW_URL is missing or malformed');
    }
    if (time() < $rest_until) {
        return new \WP_Error('winnow_away', 'winnow does not answer');
    }
    $answer = wp_remote_request(url() . $path_and_query, ['timeout' => TIMEOUT, 'redirection' => 0] + $args);
    if (is_wp_error($answer)) {
        $rest_until = time() + PAUSE;
    }
    return $answer;
}

/**
 * An answer that holds the comment for a person and for the Akismet plugin's own recheck, 20 minutes later. It has a GUID
 * because the plugin from 5.3.7 on finds the comment again by that alone, and without it publishes what it could not check.
 */
function hold() {
    return [
        'headers' => ['x-akismet-guid' => bin2hex(random_bytes(16))],
        'body' => 'winnow does not answer',
        'response' => ['code' => 503, 'message' => 'Service Unavailable'],
        'cookies' => [],
        'filename' => null,
    ];
}

/** Answers the Akismet plugin's calls from winnow, and leaves all others alone. */
function turn($answer, $args, $url) {
    $headers = \is_array($args['headers']) ? array_change_key_case($args['headers']) : [];
    if (!is_akismet($url, $headers)) {
        return $answer;
    }
    unset($headers['host']);
    $path = (string) wp_parse_url($url, PHP_URL_PATH);
    $query = wp_parse_url($url, PHP_URL_QUERY);
    $answer = ask($path . ($query === null ? '' : '?' . $query), ['headers' => $headers] + $args);
    $is_check = (bool) preg_match('~/comment-check$~', $path);
    return $is_check && wp_remote_retrieve_header($answer, 'x-akismet-guid') === '' ? hold() : $answer;
}
add_filter('pre_http_request', __NAMESPACE__ . '\turn', PHP_INT_MAX, 3);

// Over the REST API the Akismet plugin lets a comment that it could not check keep WordPress' own status, so hold it here.
add_filter('rest_pre_insert_comment', function ($comment) {
    $result = \is_array($comment) ? $comment['akismet_result'] ?? 'true' : 'true';
    $checked = \in_array($result, ['true', 'false', 'skipped'], true);
    if (!$checked && $comment['comment_approved'] == 1 && !current_user_can('moderate_comments')) {
        $comment['comment_approved'] = '0';
    }
    return $comment;
}, 2);

// The site shuts itself off from other hosts: open the way to winnow, as far as its own list is not there.
if (\defined('WP_HTTP_BLOCK_EXTERNAL') && \WP_HTTP_BLOCK_EXTERNAL && !\defined('WP_ACCESSIBLE_HOSTS') && url() !== '') {
    \define('WP_ACCESSIBLE_HOSTS', (string) wp_parse_url(url(), PHP_URL_HOST));
}

// The notice for visitors says that Akismet processes their comments, which is not so here.
add_filter('akismet_comment_form_privacy_notice_markup', '__return_empty_string');

/** Is this the Akismet plugin's page, with settings or statistics? */
function on_akismet_page() {
    return isset($_GET['page']) && $_GET['page'] === 'akismet-key-config';
}

// Akismet's charts are frames from tools.akismet.com, and the key or a token goes there in their address. The address is
// taken out of the page; the header keeps the browser from it should a later version of the plugin write it otherwise.
add_filter('clean_url', function ($url) {
    return preg_match('~^(https?:)?//tools\.akismet\.com(/|$)~i', $url) ? 'about:blank' : $url;
});
add_action('admin_init', function () {
    if (on_akismet_page() && !headers_sent()) {
        header("Content-Security-Policy: frame-src 'self'", false);
    }
}, PHP_INT_MAX);  // after WordPress 7's own, which replaces what is there
add_action('admin_head', function () {
    if (on_akismet_page()) {
        echo '<style>#akismet-plugin-container iframe, .akismet-stats-footer { display: none }</style>';
    }
});

/** What an administrator must know: [kind of notice, text], or null. */
function state() {
    if (url() === '') {
        return ['error', 'winnow: comments wait for moderation, because WINNOW_URL is missing or malformed. '
            . "Put a line like define('WINNOW_URL', 'http://127.0.0.1:8420'); into wp-config.php."];
    }
    $host = wp_parse_url(url(), PHP_URL_HOST);
    if (_wp_http_get_object()->block_request(url() . '/')) {
        return ['error', "winnow: comments wait for moderation, because WP_HTTP_BLOCK_EXTERNAL forbids calls to $host. "
            . 'Add that host to WP_ACCESSIBLE_HOSTS in wp-config.php.'];
    }
    if (!on_akismet_page()) {
        return null;
    }
    if (wp_remote_retrieve_body(ask('/1.1/test', ['method' => 'GET'])) !== 'connected') {
        return ['error', 'winnow does not answer at ' . url() . '. Comments wait for moderation and are checked later. '
            . 'What this page says of your key means nothing until then.'];
    }
    return ['info', 'winnow at ' . url() . ' answers here in place of Akismet. '
        . "Akismet's own charts are left out: they would take your key to tools.akismet.com."];
}

add_action('all_admin_notices', function () {
    $state = current_user_can('manage_options') ? state() : null;
    if ($state !== null) {
        printf('<div class="notice notice-%s"><p>%s</p></div>', esc_attr($state[0]), esc_html($state[1]));
    }
});
