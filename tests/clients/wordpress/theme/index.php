<!DOCTYPE html>
<html>
<head><?php wp_head(); ?></head>
<body>
<?php
while (have_posts()) {
    the_post();
    the_content();
    wp_list_comments([], get_comments(['post_id' => get_the_ID(), 'status' => 'approve']));
    comment_form();
}
wp_footer();
?>
</body>
</html>
