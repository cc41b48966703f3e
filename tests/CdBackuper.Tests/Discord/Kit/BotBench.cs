using System.Globalization;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Fakes;
using CdBackuper.Hosting;
using CdBackuper.Labels;
using CdBackuper.Notices.Discord;
using CdBackuper.Tests.Linux;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Tests.Discord.Kit;

/// <summary>A Discord on loopback, an archive on disk, and bots between them.</summary>
internal sealed class BotBench : IAsyncDisposable
{
    private readonly TemporaryFolder place = new();
    private readonly List<RunningBot> bots = [];

    private readonly bool isOwner;

    private BotBench(FakeDiscord discord, bool isOwner)
    {
        (Discord, this.isOwner) = (discord, isOwner);
        Root = ArchiveRoot.OpenToWrite(place.In("archive"), requiresMount: false, new LinuxFileSystem());
        Environment = new(StringComparer.Ordinal)
        {
            ["DATA_ROOT"] = Root.Path,
            ["CLAIM_PATIENCE"] = "2",
            ["DISCORD_API_URL"] = discord.ApiUrl,
            ["DISCORD_WEBHOOK_URL"] = discord.WebhookUrl,
            ["DISCORD_BOT_TOKEN"] = FakeDiscord.Token,
            ["DISCORD_LABEL_USERS"] = FakeDiscord.Person,
        };
    }

    public FakeDiscord Discord { get; }

    public ArchiveRoot Root { get; }

    /// <summary>What bots find set; change it before a start.</summary>
    public Dictionary<string, string> Environment { get; }

    public Settings Settings => new SettingsReader(Environment.GetValueOrDefault, new Dictionary<string, string>()).Read([]);

    public static BotTimes Times { get; } = new()
    {
        Offline = TimeSpan.FromMilliseconds(200),
        Trouble = TimeSpan.FromMilliseconds(100),
        Turn = TimeSpan.FromMilliseconds(100),
        Note = TimeSpan.FromMilliseconds(100),
        FirstNotice = TimeSpan.FromMilliseconds(100),
        Http = new() { FirstPause = TimeSpan.FromMilliseconds(20), Answer = TimeSpan.FromSeconds(3), TotalWait = TimeSpan.FromSeconds(10) },
        Gateway = new()
        {
            Hello = TimeSpan.FromSeconds(1),
            Identify = TimeSpan.FromMilliseconds(200),
            Resume = TimeSpan.FromMilliseconds(20),
            NewSession = TimeSpan.FromMilliseconds(20),
            TooMuch = TimeSpan.FromMilliseconds(300),
        },
    };

    public static async Task<BotBench> StartAsync() => new(await FakeDiscord.StartAsync(), isOwner: true);

    /// <summary>Another archive, with the same webhook and bot in the same channel.</summary>
    public static BotBench Beside(BotBench other) => new(other.Discord, isOwner: false);

    /// <summary>A disc in the archive.</summary>
    public DiscFolder Disc(string name = "disc")
    {
        var folder = Root.Disc(name);
        Directory.CreateDirectory(folder.Path);
        folder.Store(new DiscStatus { Number = "0001" });
        return folder;
    }

    /// <summary>A notice about a disc, in the channel and in the ledger.</summary>
    public string Notice(string? folder = "disc")
    {
        var id = Discord.PostNotice();
        Record(id, folder);
        return id;
    }

    public void Record(string message, string? folder = "disc", string channel = FakeDiscord.Channel) => new NoticeLedger(Root).Record(new()
    {
        Message = message,
        Channel = channel,
        Webhook = FakeDiscord.Webhook,
        Folder = folder,
        Sent = DateTimeOffset.UnixEpoch,
    });

    public RunningBot StartBot(BotTimes? times = null)
    {
        var bot = new RunningBot(Root, Settings, times ?? Times);
        bots.Add(bot);
        return bot;
    }

    public IReadOnlyList<string> MarksOf(string reply) =>
        [.. Discord.Messages.Reactions.Where(reaction => reaction.Message == reply && reaction.User == FakeDiscord.Bot).Select(reaction => reaction.Emoji)];

    /// <returns>What the bot wrote in answer to a reply.</returns>
    public IReadOnlyList<string> AnswersTo(string reply) =>
    [
        .. Discord.Messages.All
            .Where(message => (string?)message["author"]!["id"] == FakeDiscord.Bot && (string?)message["message_reference"]?["message_id"] == reply)
            .Select(message => (string)message["content"]!),
    ];

    public bool IsDone(string reply) =>
        Snowflake.TryParse(reply, out var id) && new ReplyBook(Root).Load(id)?.State == ReplyState.Replied;

    public void WaitUntilDone(params IEnumerable<string> replies)
    {
        foreach (var reply in replies)
        {
            Eventually.True(() => IsDone(reply), $"{reply} is done; {string.Join('\n', bots.Select(bot => bot.Said))}\n{string.Join('\n', Discord.Requests.TakeLast(20))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in bots)
        {
            await bot.StopAsync();
            bot.Dispose();
        }

        if (isOwner)
        {
            await Discord.DisposeAsync();
        }

        place.Dispose();
    }

    /// <summary>A bot in this process.</summary>
    internal sealed class RunningBot : IDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Lines lines = new();

        public RunningBot(ArchiveRoot root, Settings settings, BotTimes times) => End = Task.Run(
            () => new LabelBot(root, settings, times, TimeProvider.System, lines).RunAsync(stop.Token));

        public Task<BotProblem?> End { get; }

        /// <summary>Its log.</summary>
        public string Said => lines.ToString();

        public async Task StopAsync()
        {
            await stop.CancelAsync();
            await ((Task)End).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public void Dispose() => stop.Dispose();

        public async Task<BotProblem> ProblemAsync() =>
            await End.WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("the bot ended without a problem");
    }

    private sealed class Lines : ILogger
    {
        private readonly List<string> lines = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{logLevel}: {formatter(state, exception)}"));
            }
        }

        public override string ToString()
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }
}
