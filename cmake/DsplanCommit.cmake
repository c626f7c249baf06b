# DSPLAN_COMMIT: the commit that the sources are of, as git archive wrote it into commit.txt, or as git says where this is a
# clone; empty where nothing does. Only the programs that are carried elsewhere show it: a build for development would be
# configured again after every commit.
set(DSPLAN_COMMIT "")
if(DSPLAN_STATIC)
    file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/commit.txt" DSPLAN_COMMIT LIMIT_COUNT 1)
    string(SUBSTRING "${DSPLAN_COMMIT}" 0 12 DSPLAN_COMMIT) # as long as those of git below, however many commits there are
    if(DSPLAN_COMMIT MATCHES "Format")
        execute_process(COMMAND git -C "${PROJECT_SOURCE_DIR}" rev-parse --short=12 HEAD
            OUTPUT_VARIABLE DSPLAN_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
        execute_process(COMMAND git -C "${PROJECT_SOURCE_DIR}" rev-parse --git-path logs/HEAD
            OUTPUT_VARIABLE log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
        get_filename_component(log "${log}" ABSOLUTE BASE_DIR "${PROJECT_SOURCE_DIR}")
        if(log AND EXISTS "${log}" AND NOT IS_DIRECTORY "${log}")
            set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${log}")
        endif()
    endif()
endif()
