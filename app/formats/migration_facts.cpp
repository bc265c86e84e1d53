// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/migration_facts.h"

#include <nlohmann/json.hpp>
extern "C" {
#include <pg_query.h>
}

#include <algorithm>

namespace cockpit {

namespace {

using PgNode = nlohmann::json;
using Fact = MigrationFact;

QString pgText(const PgNode &node, const char *key)
{
    return node.contains(key) && node[key].is_string() ? QString::fromStdString(node[key].get<std::string>())
                                                       : QString();
}

size_t pgPlace(const PgNode &node) { return size_t(std::max(0, node.value("location", 0))); }

QString tableName(const PgNode &range)
{
    const QString schema = pgText(range, "schemaname");
    return schema.isEmpty() || schema == u"public" ? pgText(range, "relname")
                                                   : schema + u'.' + pgText(range, "relname");
}

QString tableOf(const PgNode &node, const char *key = "relation")
{
    return node.contains(key) ? tableName(node[key]) : QString();
}

/// The parts of a qualified name: [{"String":{"sval":…}}].
QStringList namesIn(const PgNode &list)
{
    QStringList names;
    for (const PgNode &item : list)
        names.append(item.contains("String") ? pgText(item["String"], "sval") : QString());
    if (names.size() > 1 && names.first() == u"public")
        names.removeFirst();
    return names;
}

bool holdsNode(const PgNode &node, const char *key)
{
    if (node.is_object() && node.contains(key))
        return true;
    return node.is_structured() &&
           std::any_of(node.begin(), node.end(), [key](const PgNode &part) { return holdsNode(part, key); });
}

/// A function that may give every row another value: the table is rewritten. Unknown ones may.
bool isVolatile(const PgNode &node)
{
    static const QStringList steady{QStringLiteral("now"),
                                    QStringLiteral("transaction_timestamp"),
                                    QStringLiteral("statement_timestamp"),
                                    QStringLiteral("lower"),
                                    QStringLiteral("upper"),
                                    QStringLiteral("date_trunc"),
                                    QStringLiteral("timezone"),
                                    QStringLiteral("md5"),
                                    QStringLiteral("jsonb_build_object"),
                                    QStringLiteral("jsonb_build_array"),
                                    QStringLiteral("make_interval"),
                                    QStringLiteral("current_setting"),
                                    QStringLiteral("to_timestamp")};
    if (node.is_object() && node.contains("FuncCall")) {
        const QStringList name = namesIn(node["FuncCall"].value("funcname", PgNode::array()));
        if (name.isEmpty() || !steady.contains(name.last()))
            return true;
    }
    return node.is_structured() && std::any_of(node.begin(), node.end(), isVolatile);
}

void readType(const PgNode &type, MigrationFact &fact)
{
    const QStringList names = type.contains("names") ? namesIn(type["names"]) : QStringList();
    fact.detail = names.isEmpty() ? QString() : names.last();
    const PgNode mods = type.value("typmods", PgNode::array());
    if (!mods.empty() && mods[0].contains("A_Const"))
        fact.length = mods[0]["A_Const"].value("ival", PgNode::object()).value("ival", 0);
    if (fact.length > 0)
        fact.detail += u'(' + QString::number(fact.length) + u')';
}

class FactReader {
public:
    std::vector<PlacedMigrationFact> facts{};

    void read(const PgNode &statement)
    {
        if (!statement.is_object() || statement.empty())
            return;
        const std::string &kind = statement.begin().key();
        const PgNode &body = statement.begin().value();
        if (kind == "AlterTableStmt")
            alterTable(body);
        else if (kind == "CreateStmt" || kind == "CreateTableAsStmt")
            createTable(body);
        else if (kind == "RenameStmt")
            rename(body);
        else if (kind == "DropStmt")
            drop(body);
        else if (kind == "IndexStmt")
            add({.kind = Fact::Kind::CreateIndex,
                 .table = tableOf(body),
                 .name = pgText(body, "idxname"),
                 .concurrent = body.value("concurrent", false)});
        else if (!maintenance(kind, body) && !session(kind, body))
            other(kind, body);
    }

private:
    void add(MigrationFact fact, size_t at = 0) { facts.emplace_back(std::move(fact), at); }

    void column(const PgNode &def, const QString &table)
    {
        MigrationFact fact{.kind = Fact::Kind::AddColumn, .table = table, .name = pgText(def, "colname")};
        readType(def.value("typeName", PgNode::object()), fact);
        QString why;
        if (fact.detail.endsWith(u"serial"))
            why = fact.detail;
        std::vector<PgNode> checks;
        for (const PgNode &item : def.value("constraints", PgNode::array())) {
            const PgNode &constraint = item["Constraint"];
            const std::string type = constraint.value("contype", "");
            fact.notNull = fact.notNull || type == "CONSTR_NOTNULL" || type == "CONSTR_PRIMARY";
            fact.hasDefault = fact.hasDefault || type == "CONSTR_DEFAULT";
            if (type == "CONSTR_DEFAULT" && isVolatile(constraint.value("raw_expr", PgNode())))
                why = QStringLiteral("a volatile default");
            if (type == "CONSTR_IDENTITY")
                why = QStringLiteral("GENERATED AS IDENTITY");
            if (type == "CONSTR_GENERATED")
                why = QStringLiteral("GENERATED STORED");
            checks.push_back(constraint);
        }
        fact.rewrites = !why.isEmpty();
        if (fact.rewrites)
            fact.detail = why;
        const QString name = fact.name;
        add(std::move(fact), pgPlace(def));
        for (const PgNode &constraint : checks)
            this->constraint(constraint, table, name);
    }

    void constraint(const PgNode &node, const QString &table, const QString &column = {})
    {
        const std::string type = node.value("contype", "");
        MigrationFact fact{.table = table, .name = pgText(node, "conname")};
        fact.notValid = node.value("skip_validation", false);
        fact.usingIndex = node.contains("indexname");
        if (fact.name.isEmpty() && !column.isEmpty())
            fact.name = table.section(u'.', -1) + u'_' + column +
                        (type == "CONSTR_FOREIGN" ? QStringLiteral("_fkey")
                         : type == "CONSTR_CHECK" ? QStringLiteral("_check")
                                                  : QStringLiteral("_key"));
        if (type == "CONSTR_FOREIGN") {
            fact.kind = Fact::Kind::AddForeignKey;
            fact.detail = tableOf(node, "pktable");
        } else if (type == "CONSTR_CHECK") {
            fact.kind = Fact::Kind::AddCheck;
            fact.detail = notNullColumn(node.value("raw_expr", PgNode()));
        } else if (type == "CONSTR_UNIQUE" || type == "CONSTR_PRIMARY" || type == "CONSTR_EXCLUSION") {
            fact.kind = Fact::Kind::AddUnique;
            fact.detail = type == "CONSTR_UNIQUE"    ? QStringLiteral("UNIQUE")
                          : type == "CONSTR_PRIMARY" ? QStringLiteral("PRIMARY KEY")
                                                     : QStringLiteral("EXCLUDE");
        } else {
            return;
        }
        add(std::move(fact), pgPlace(node));
    }

    /// The column of "column IS NOT NULL"; empty for any other condition.
    static QString notNullColumn(const PgNode &condition)
    {
        if (!condition.is_object() || !condition.contains("NullTest") ||
            condition["NullTest"].value("nulltesttype", "") != "IS_NOT_NULL")
            return {};
        const PgNode &argument = condition["NullTest"]["arg"];
        return argument.contains("ColumnRef") ? namesIn(argument["ColumnRef"]["fields"]).last() : QString();
    }

    void alterTable(const PgNode &body)
    {
        const QString table = tableOf(body);
        const bool isTable = body.value("objtype", "OBJECT_TABLE") == "OBJECT_TABLE";
        for (const PgNode &item : body.value("cmds", PgNode::array())) {
            if (isTable)
                alterCommand(item["AlterTableCmd"], table);
        }
    }

    void alterCommand(const PgNode &command, const QString &table)
    {
        const std::string type = command.value("subtype", "AT_AddColumn");
        const PgNode def = command.value("def", PgNode::object());
        const QString name = pgText(command, "name");
        const auto simple = [&](Fact::Kind kind) { add({.kind = kind, .table = table, .name = name}); };
        if (type == "AT_AddColumn")
            column(def["ColumnDef"], table);
        else if (type == "AT_DropColumn")
            simple(Fact::Kind::DropColumn);
        else if (type == "AT_SetNotNull")
            simple(Fact::Kind::SetNotNull);
        else if (type == "AT_DropConstraint")
            simple(Fact::Kind::DropConstraint);
        else if (type == "AT_ValidateConstraint")
            simple(Fact::Kind::ValidateConstraint);
        else if (type == "AT_AddConstraint")
            constraint(def["Constraint"], table);
        else if (type == "AT_AlterColumnType") {
            MigrationFact fact{.kind = Fact::Kind::AlterType, .table = table, .name = name};
            readType(def["ColumnDef"].value("typeName", PgNode::object()), fact);
            fact.rewrites = def["ColumnDef"].contains("raw_default");
            add(std::move(fact), pgPlace(def["ColumnDef"]));
        } else if (type != "AT_SetStatistics" && type != "AT_SetRelOptions" && type != "AT_ResetRelOptions" &&
                   type != "AT_ClusterOn" && type != "AT_SetOptions")
            simple(Fact::Kind::Alter);
    }

    void createTable(const PgNode &body)
    {
        const QString table = body.contains("relation") ? tableOf(body)
                              : body.contains("into")   ? tableOf(body["into"], "rel")
                                                        : QString();
        add({.kind = Fact::Kind::CreateTable, .table = table});
        for (const PgNode &item : body.value("tableElts", PgNode::array())) {
            if (item.contains("ColumnDef"))
                column(item["ColumnDef"], table);
        }
    }

    void rename(const PgNode &body)
    {
        const std::string type = body.value("renameType", "");
        if (type == "OBJECT_COLUMN" && body.value("relationType", "") == "OBJECT_TABLE")
            add({.kind = Fact::Kind::RenameColumn,
                 .table = tableOf(body),
                 .name = pgText(body, "subname"),
                 .detail = pgText(body, "newname")});
        else if (type == "OBJECT_TABLE")
            add({.kind = Fact::Kind::RenameTable, .table = tableOf(body), .detail = pgText(body, "newname")});
    }

    void drop(const PgNode &body)
    {
        const std::string type = body.value("removeType", "");
        for (const PgNode &object : body.value("objects", PgNode::array())) {
            const QStringList names = object.contains("List") ? namesIn(object["List"].value("items", PgNode::array()))
                                      : object.contains("ObjectWithArgs")
                                          ? namesIn(object["ObjectWithArgs"].value("objname", PgNode::array()))
                                      : object.contains("TypeName")
                                          ? namesIn(object["TypeName"].value("names", PgNode::array()))
                                          : QStringList();
            if (type == "OBJECT_TABLE")
                add({.kind = Fact::Kind::DropTable, .table = names.join(u'.')});
            else if (type == "OBJECT_INDEX")
                add({.kind = Fact::Kind::DropIndex,
                     .name = names.value(names.size() - 1),
                     .concurrent = body.value("concurrent", false)});
            else
                add({.kind = Fact::Kind::DropOther,
                     .table = type == "OBJECT_TRIGGER" ? names.mid(0, names.size() - 1).join(u'.') : QString(),
                     .name = names.value(names.size() - 1),
                     .detail = QString::fromStdString(type).mid(7).toLower()});
        }
    }

    bool maintenance(const std::string &kind, const PgNode &body)
    {
        if (kind == "TruncateStmt") {
            for (const PgNode &item : body.value("relations", PgNode::array()))
                add({.kind = Fact::Kind::Truncate, .table = tableName(item["RangeVar"])});
        } else if (kind == "ClusterStmt") {
            add({.kind = Fact::Kind::Cluster, .table = tableOf(body), .detail = QStringLiteral("CLUSTER")});
        } else if (kind == "ReindexStmt") {
            add({.kind = Fact::Kind::Reindex,
                 .table = tableOf(body),
                 .detail = QStringLiteral("REINDEX"),
                 .concurrent = hasOption(body, "params", "concurrently")});
        } else if (kind == "VacuumStmt") {
            for (const PgNode &item : body.value("rels", PgNode::array())) {
                if (hasOption(body, "options", "full"))
                    add({.kind = Fact::Kind::VacuumFull,
                         .table = tableOf(item["VacuumRelation"]),
                         .detail = QStringLiteral("VACUUM FULL")});
            }
        } else if (kind == "UpdateStmt" || kind == "DeleteStmt") {
            const PgNode where = body.value("whereClause", PgNode());
            const bool isWhole =
                where.is_null() ||
                (where.contains("NullTest") && where["NullTest"].value("nulltesttype", "") == "IS_NULL") ||
                (where.contains("A_Const"));
            add({.kind = kind == "UpdateStmt" ? Fact::Kind::Update : Fact::Kind::Delete,
                 .table = tableOf(body),
                 .detail = kind == "UpdateStmt" ? QStringLiteral("UPDATE") : QStringLiteral("DELETE"),
                 .isWhole = isWhole});
        } else {
            return false;
        }
        return true;
    }

    static bool hasOption(const PgNode &body, const char *list, const char *option)
    {
        const PgNode options = body.value(list, PgNode::array());
        return std::any_of(options.begin(), options.end(), [option](const PgNode &item) {
            return item.contains("DefElem") && item["DefElem"].value("defname", "") == option;
        });
    }

    bool session(const std::string &kind, const PgNode &body)
    {
        if (kind == "TransactionStmt") {
            const std::string type = body.value("kind", "TRANS_STMT_BEGIN");
            if (type == "TRANS_STMT_BEGIN" || type == "TRANS_STMT_START")
                add({.kind = Fact::Kind::Begin});
            else if (type == "TRANS_STMT_COMMIT" || type == "TRANS_STMT_ROLLBACK")
                add({.kind = Fact::Kind::Commit});
            return true;
        }
        if (kind != "VariableSetStmt" || body.value("name", "") != "lock_timeout")
            return kind == "VariableSetStmt";
        const PgNode values = body.value("args", PgNode::array());
        bool isOne = false;
        if (!values.empty() && values[0].contains("A_Const")) {
            const PgNode &value = values[0]["A_Const"];
            const QString text = value.contains("sval")
                                     ? pgText(value["sval"], "sval")
                                     : QString::number(value.value("ival", PgNode::object()).value("ival", 0));
            isOne = !text.isEmpty() && !text.startsWith(u'0');
        }
        add({.kind = Fact::Kind::LockTimeout, .isWhole = isOne, .isLocal = body.value("is_local", false)});
        return true;
    }

    void other(const std::string &kind, const PgNode &body)
    {
        if (kind == "ViewStmt" && holdsNode(body, "A_Star") && !holdsNode(body, "FuncCall"))
            add({.kind = Fact::Kind::SelectStar, .name = tableOf(body, "view")});
        if (kind == "DoStmt")
            add({.kind = Fact::Kind::Code});
        const auto created = [&](const char *what, const QString &name, const QString &table = {}) {
            add({.kind = Fact::Kind::CreateOther, .table = table, .name = name, .detail = QString::fromLatin1(what)});
        };
        if (kind == "ViewStmt" && !body.value("replace", false))
            created("view", tableOf(body, "view"));
        else if (kind == "CreateTrigStmt")
            created("trigger", pgText(body, "trigname"), tableOf(body));
        else if (kind == "CreateEnumStmt")
            created("type", namesIn(body.value("typeName", PgNode::array())).join(u'.'));
        else if (kind == "CreateFunctionStmt" && !body.value("replace", false))
            created("function", namesIn(body.value("funcname", PgNode::array())).last());
    }
};

/// The byte of the n-th character, counted from 1.
size_t byteOfCharacter(const std::string &text, int character)
{
    size_t at = 0;
    for (int seen = 0; at < text.size(); ++at) {
        if ((text[at] & '\xC0') != '\x80' && ++seen >= character)
            break;
    }
    return at;
}

} // namespace

std::vector<PlacedMigrationFact> migrationFactsOf(const std::string &statement)
{
    const PgQueryParseResult parsed = pg_query_parse(statement.c_str());
    FactReader reader;
    if (parsed.error) {
        reader.facts.emplace_back(
            MigrationFact{.kind = Fact::Kind::Unparsed,
                          .detail = QString::fromUtf8(parsed.error->message).left(300).simplified()},
            byteOfCharacter(statement, parsed.error->cursorpos));
    } else {
        const PgNode tree = PgNode::parse(parsed.parse_tree, nullptr, false);
        if (tree.is_object() && tree.contains("stmts")) {
            for (const PgNode &item : tree["stmts"])
                reader.read(item.value("stmt", PgNode::object()));
        }
    }
    pg_query_free_parse_result(parsed);
    return reader.facts;
}

} // namespace cockpit
