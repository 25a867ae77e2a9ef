"""Rows that tests of the suite hold: what `make chaos` runs of them, beside its own steps."""

from __future__ import annotations

HELD: dict[str, tuple[str, ...]] = {
    "R5": (
        "storage/test_faults.py::test_broken_encryption_is_unavailable",
        "storage/test_faults.py::test_absent_store_is_given_up_at_once",
        "storage/test_faults.py::test_nothing_is_connected_to_before_use",
    ),
    "R13": (
        "storage/test_recipes.py::test_same_id_with_other_content_is_refused",
        "storage/test_drafts.py::test_same_request_for_another_wish_is_refused",
        "storage/test_questions.py::test_another_question_under_the_same_id_is_refused",
        "web/test_generate.py::test_a_reused_form_keeps_what_was_typed",
    ),
    "R14": ("web/test_conflicts.py", "web/test_recipes.py::test_two_tabs_never_overwrite_silently"),
    "R15": (
        "web/test_recipes.py::test_a_late_edit_revives_nothing",
        "web/test_conflicts.py::test_an_edit_of_a_deleted_recipe_is_kept_for_a_new_one",
        "storage/test_recipes.py::test_late_save_revives_no_recipe",
    ),
    "R17": (
        "storage/test_partial_expiry.py",
        "storage/test_rates.py",
        "storage/test_mail_tokens.py::test_a_link_ends_with_its_time",
        "storage/test_recipes.py::test_key_holds_for_a_day",
        "web/test_session_faults.py::test_expired_items_are_not_accepted",
    ),
    "R19": ("generators/model/test_failures.py", "generators/model/test_breaker.py", "web/test_model.py"),
    "R20": ("test_streams.py::test_other_pages_do_not_wait_for_slow_recipes",),
    "R21": (
        "test_streams.py::test_a_browser_that_leaves_ends_the_call",
        "generators/model/test_streaming.py::test_whoever_leaves_ends_the_call",
    ),
    "R23": (
        "storage/test_limits.py",
        "storage/test_lists.py::test_pages_stay_put_while_inserting",
        "storage/test_lists.py::test_filtered_list_goes_on_past_1_mb",
        "storage/test_search.py::test_search_of_5000_costs_4_calls_cold_and_1_warm",
    ),
    "R24": ("storage/test_limits.py", "web/test_bad_input.py::test_lone_surrogates_are_refused"),
    "R27": ("keeping/test_backup.py", "keeping/test_copy.py"),
    "R28": ("storage/test_setup.py",),
    "R29": (
        "test_restarts.py",
        "storage/test_sqlite.py::test_newer_file_still_works",
        "storage/test_sqlite.py::test_a_file_from_before_metering_goes_on",
        "storage/test_older_drafts.py",
        "keeping/test_backup.py::test_an_older_file_is_backed_up_by_this_version",
    ),
}
