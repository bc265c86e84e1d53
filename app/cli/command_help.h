// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace cockpit {

/// One command of the command line: help, shell completions and the manual page are made of it.
struct CommandHelp {
    const char *name;
    const char *usage; ///< without the program's name
    const char *text;  ///< what it does, one sentence
};

/// Every command, in the order of the help; a command with several usages stands once for each.
inline constexpr std::array commandHelp{
    CommandHelp{"status", "status [--json] [--timeout 10s]",
                "everything that is known now; the exit code says how bad it is"},
    CommandHelp{"alerts", "alerts [FILTER] [--json]", "alerts, by words or by matchers such as service=\"gc-service\""},
    CommandHelp{"silence", "silence MATCHER… --for 1h --reason TEXT [--cluster C] [--dry-run] [--yes] [--accept ID]",
                "silence what the matchers catch"},
    CommandHelp{"unsilence", "unsilence SILENCE-ID [--cluster C] [--yes]", "end a silence or an acknowledgement"},
    CommandHelp{"ack", "ack ALERT [--for 15m] [--reason TEXT] [--yes]", "acknowledge an alert (name or fingerprint)"},
    CommandHelp{"rollouts", "rollouts [NAME] [--json] [--watch]", "what rolls out, and what waits for a person"},
    CommandHelp{
        "rollback",
        "rollback NAME [--to-revision REV|HASH] [--reason TEXT] [--dry-run] [--yes] [--accept ID] [--verify 60s]",
        "all traffic back to stable while an update runs, else an earlier revision's template back"},
    CommandHelp{"promote", "promote NAME [--full] [--dry-run] [--yes] [--accept ID]",
                "go on to the next step, or past all"},
    CommandHelp{"pause", "pause NAME [--dry-run] [--yes]", "take no further step"},
    CommandHelp{"resume", "resume NAME [--dry-run] [--yes]", "end a pause"},
    CommandHelp{"retry", "retry NAME [--dry-run] [--yes]", "begin an aborted update again"},
    CommandHelp{"restart", "restart NAME [--dry-run] [--yes]", "new pods of the same version"},
    CommandHelp{"scale", "scale NAME --replicas N [--dry-run] [--yes] [--accept ID]", "another number of pods"},
    CommandHelp{"gitops", "gitops suspend|resume NAME [--for 1h] --reason TEXT [--dry-run] [--yes]",
                "keep Argo CD or Flux from putting a rollback back, for a while"},
    CommandHelp{"runbooks", "runbooks [--json]", "every runbook, where it comes from, and which alerts have one"},
    CommandHelp{"runbook",
                "runbook ALERT|PATH[#ANCHOR] [--section] | tick|skip|untick ALERT STEP [--reason TEXT] | search WORDS "
                "| write ALERT",
                "the section for an alert, its steps and what was ticked"},
    CommandHelp{"breakers", "breakers [--json]", "circuit breakers: caller, dependency, state, pods, fallback"},
    CommandHelp{"breaker",
                "breaker FROM TO --force-open|--force-closed|--disable|--reset [--for 15m] --reason TEXT [--pod POD] "
                "[--dry-run] [--yes] [--accept ID]",
                "take a breaker out of its own hands for a while, or give it back"},
    CommandHelp{"overrides", "overrides [--json]",
                "what is held against the system's own will, by whom and until when"},
    CommandHelp{"flags", "flags [--json]", "feature flags: state, who gets them, who changed them last"},
    CommandHelp{"flag", "flag NAME on|off --reason TEXT [--environment E] [--for 1h] [--dry-run] [--yes] [--accept ID]",
                "switch a feature flag; with --for it goes back by itself"},
    CommandHelp{"capacity", "capacity [NAME --min N --max N --reason TEXT [--for 1h] [--yes]] [--json]",
                "pods now and allowed, time at the maximum, cost; or other limits for a while"},
    CommandHelp{"slos", "slos [--json]",
                "objectives: what was promised, the error budget left, how fast it burns, when it is gone"},
    CommandHelp{"delivery", "delivery [--days 7|30|90] [--list] [--json]",
                "how often and how well we ship, each figure with its definition and samples; or what was counted"},
    CommandHelp{"delivery",
                "delivery correct ID --outcome succeeded|failed|excluded|as-seen --reason TEXT",
                "count a deployment otherwise; what was seen stays, and the correction is recorded"},
    CommandHelp{"load", "load [--days 7|30|90] [--json]",
                "what oncall had to carry: pages per alert and shift, at night, needed or not, with proposals"},
    CommandHelp{"report", "report [--week | --days 7|30|90] [--out DIR]",
                "the review as Markdown, and with --out also as PDF: incidents, objectives, delivery, load, cost"},
    CommandHelp{"incidents", "incidents [--json] | export --format json|md [--out DIR] | import FILE",
                "incidents, open ones and the last 200; all of them as files, and back"},
    CommandHelp{
        "incident",
        "incident open [--alert NAME|--service S] [--level P1] [--title T] | show [INC-n] | figures [--days 30]",
        "declare an incident with what is known already (or join the open one), look at it, its MTTD, MTTA, MTTM, "
        "MTTR"},
    CommandHelp{
        "incident",
        "incident note|phase|level|role|field|task|can|follow-up|correct|attach|merge|reopen|close|update [INC-n] …",
        "write to its timeline; `incident VERB` alone says what it wants; without INC-n the gravest open one is meant"},
    CommandHelp{"postmortem", "postmortem [INC-n] [--format md|html|pdf] [--out FILE]",
                "the postmortem's draft, from the timeline"},
    CommandHelp{"store", "store backup FILE | restore FILE",
                "a copy of everything that this installation keeps, and back"},
    CommandHelp{"pages", "pages [--json]", "pages at the paging service: state, who has them, when they escalate"},
    CommandHelp{"page",
                "page ack|resolve|escalate PAGE [--level 2] | call PAGE PERSON… | trigger TEXT --level P1 [--service "
                "S] [--key K] [--dry-run] [--yes]",
                "act on a page (number, id or words of its title), or page people"},
    CommandHelp{"oncall", "oncall [--json]", "who is on call, at which level, until when"},
    CommandHelp{"say", "say TEXT [--channel C] [--thread T] [--dry-run] [--yes]", "post to the chat, once"},
    CommandHelp{"activity", "activity [FILTER] [--limit 100] [--json]", "every action: who, what, when, outcome"},
    CommandHelp{"verify-log", "verify-log [--json]", "check the hash chain of the activity log"},
    CommandHelp{"tour", "tour --out DIR [--size 1366x768] [--theme night|day|contrast] [--scale 2]",
                "every page as PNG"},
    CommandHelp{"self-check", "self-check [--json]", "configuration, store, sources: what works and what does not"},
    CommandHelp{"completion", "completion bash|zsh|fish|man",
                "completions for a shell, or the manual page, on standard output"},
    CommandHelp{"lint",
                "lint config [FILE] | policy FILE… | runbooks DIR --rules GLOB [--root DIR] | migrations PATH… "
                "[--since REV] [--format text|json|sarif|github]",
                "check a configuration, a deployment policy, the runbooks of alert rules or SQL migrations"},
    CommandHelp{"review", "review [PATH|REV..REV] [--format md|json|sarif|html] [--root DIR] [--confirm CHECK=REASON]",
                "operations review of a folder or a change: findings, score, what was not checked"},
    CommandHelp{"export", "export policy --engine argo-rollouts|flagger [--service NAME] [FILE]",
                "manifests with which the cluster enforces a deployment policy itself"},
};

/// Options without a value.
inline constexpr std::array commandLineFlags{"json",         "yes",     "dry-run", "help",    "version",
                                             "self-check",   "full",    "watch",   "section", "force-open",
                                             "force-closed", "disable", "reset",   "send",    "list",  "week"};

/// Options with a value.
inline constexpr std::array commandLineOptions{
    "config",  "demo",      "speed",   "fault", "format",      "timeout",     "for",    "reason",  "actor",
    "cluster", "channel",   "thread",  "key",   "accept",      "pod",         "engine", "service", "out",
    "size",    "theme",     "scale",   "limit", "to-revision", "environment", "min",    "max",     "replicas",
    "verify",  "rules",     "root",    "alert", "level",       "title",       "owner",  "due",     "at",
    "confirm", "since",   "condition", "actions", "needs", "days",  "outcome"};

} // namespace cockpit
