// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flags/flag_source.h"
#include "app/flags/flag_words.h"
#include "app/formats/flagd_json.h"
#include "app/formats/ofrep_json.h"

#include <QFile>
#include <QThreadPool>

#include <atomic>

namespace cockpit {

namespace {

constexpr qint64 mostFileBytes = 16LL * 1024 * 1024;

/// A source that only shows: what it read last stays while the server says "304 Not Modified".
class ReadOnlyFlags : public FlagSource {
public:
    ReadOnlyFlags(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish)
        : m_shared(std::make_shared<Shared>(client, clock, std::move(settings), std::move(publish)))
    {}

    void set(const FlagSwitch &wish, Answer<Done> done) override
    {
        done(Error{Error::Kind::Rejected, FlagWords::tr("%1 cannot be switched from here.").arg(wish.flag.name),
                   FlagWords::tr("Nothing was changed."), FlagWords::tr("Switch it where the flag is kept.")});
    }

    void read(const FlagKey &flag, Answer<FlagReading> done) override
    {
        if (m_shared->settings.endpoint)
            return ask(HttpLane::Interactive, answerTo(flag, std::move(done)));
        readFile(answerTo(flag, std::move(done)));
    }

    void poll(HttpLane lane) override
    {
        const auto round = std::make_shared<PollRound>(m_shared->settings.identity, m_shared->memory, m_shared->clock,
                                                       m_shared->client, m_shared->publish, 1);
        const auto take = [shared = m_shared, round](const Result<Flags> &flags) {
            if (!flags)
                return round->failed(FlagWords::tr("flags"), flags.error(), PollRound::Weight::Essential);
            FlagsUpdate update{shared->settings.identity.id, shared->clock.now(), *flags, nullptr};
            round->sampled(update.at);
            round->publish(std::move(update));
            round->succeeded();
        };
        m_shared->settings.endpoint ? ask(lane, take) : readFile(take);
    }

protected:
    using Flags = std::shared_ptr<const std::vector<FlagPtr>>;
    using Parse = Result<std::vector<FlagPtr>> (*)(const std::string &, const FlagPlace &);
    using Take = std::function<void(const Result<Flags> &)>;
    /// The last answer and its mark.
    struct Kept {
        QByteArray etag{};
        Flags flags{};
    };
    struct Shared {
        Shared(HttpClient &http, const Clock &time, Settings given, UpdateSink sink)
            : client(http)
            , clock(time)
            , settings(std::move(given))
            , publish(std::move(sink))
        {}
        HttpClient &client;
        const Clock &clock;
        Settings settings;
        UpdateSink publish;
        std::shared_ptr<SourceMemory> memory = std::make_shared<SourceMemory>();
        std::atomic<std::shared_ptr<const Kept>> kept{}; ///< written on the I/O thread
    };
    virtual HttpRequest question() const = 0;
    virtual Parse parser() const = 0;

private:
    static Take answerTo(const FlagKey &flag, Answer<FlagReading> done)
    {
        return [flag, done = std::move(done)](const Result<Flags> &flags) {
            if (!flags)
                return done(flags.error());
            for (const FlagPtr &one : **flags) {
                if (one->key.name != flag.name)
                    continue;
                FlagReading reading;
                reading.parsed.flag = *one;
                return done(std::move(reading));
            }
            done(Error{Error::Kind::NotFound, FlagWords::tr("There is no flag %1.").arg(flag.name), {},
                       FlagWords::tr("See the flags with: dt-cockpit flags")});
        };
    }

    void ask(HttpLane lane, Take take)
    {
        HttpRequest request = question();
        request.endpoint = m_shared->settings.endpoint;
        request.lane = lane;
        request.backend = m_shared->settings.identity.backend;
        request.headers.append(HttpHeader{"Accept", "application/json"});
        if (const auto kept = m_shared->kept.load(); kept && !kept->etag.isEmpty())
            request.headers.append(HttpHeader{"If-None-Match", kept->etag});
        m_shared->client.send(std::move(request), [shared = m_shared, take, parse = parser()](Result<HttpResponse> answer) {
            if (!answer)
                return take(answer.error());
            if (const auto kept = shared->kept.load(); answer->status == 304 && kept)
                return take(kept->flags);
            auto flags = parse(answer->body, shared->settings.place);
            if (!flags)
                return take(flags.error());
            const Flags fresh = std::make_shared<const std::vector<FlagPtr>>(std::move(*flags));
            shared->kept = std::make_shared<const Kept>(Kept{answer->header("ETag"), fresh});
            take(fresh);
        });
    }

    void readFile(Take take)
    {
        m_disk.start([shared = m_shared, take = std::move(take), parse = parser()] {
            QFile file(shared->settings.file);
            if (!file.open(QIODevice::ReadOnly))
                return take(Error{Error::Kind::NotFound,
                                  FlagWords::tr("The file %1 cannot be read: %2.").arg(file.fileName(), file.errorString()),
                                  FlagWords::tr("Its flags are not known."),
                                  FlagWords::tr("Correct `file:` under `flags:` in the configuration.")});
            const QByteArray bytes = file.read(mostFileBytes);
            auto flags = parse(bytes.toStdString(), shared->settings.place);
            if (!flags)
                return take(flags.error());
            take(std::make_shared<const std::vector<FlagPtr>>(std::move(*flags)));
        });
    }

    std::shared_ptr<Shared> m_shared;
    QThreadPool m_disk; ///< waits for its work when it goes
};

/// flagd's definitions, from a file or a URL.
class FlagdSource final : public ReadOnlyFlags {
public:
    using ReadOnlyFlags::ReadOnlyFlags;

protected:
    HttpRequest question() const override { return {}; }
    Parse parser() const override { return parseFlagdFlags; }
};

/// Anything that speaks OFREP: every flag, evaluated for the cockpit.
class OfrepSource final : public ReadOnlyFlags {
public:
    using ReadOnlyFlags::ReadOnlyFlags;

protected:
    HttpRequest question() const override
    {
        HttpRequest request;
        request.method = "POST";
        request.path = QStringLiteral("/ofrep/v1/evaluate/flags");
        request.headers = {{"Content-Type", "application/json"}};
        request.body = ofrepQuestion(QStringLiteral("dt-cockpit"));
        return request;
    }
    Parse parser() const override { return parseOfrepFlags; }
};

} // namespace

std::unique_ptr<FlagSource> makeFlagdSource(HttpClient &client, const Clock &clock, FlagSource::Settings settings,
                                            UpdateSink publish)
{
    return std::make_unique<FlagdSource>(client, clock, std::move(settings), std::move(publish));
}

std::unique_ptr<FlagSource> makeOfrepSource(HttpClient &client, const Clock &clock, FlagSource::Settings settings,
                                            UpdateSink publish)
{
    return std::make_unique<OfrepSource>(client, clock, std::move(settings), std::move(publish));
}

} // namespace cockpit
