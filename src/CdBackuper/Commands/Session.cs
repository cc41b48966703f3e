using System.CommandLine;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

/// <summary>What a command runs with: the settings, the archive, the log, and where its words go.</summary>
internal sealed class Session
{
    private readonly SettingsReader reader;

    private Session(ParseResult parsed, IReadOnlyList<string> trays)
    {
        reader = new(Environment.GetEnvironmentVariable, GlobalOptions.SettingsOf(parsed));
        Answer = new(parsed.GetValue(GlobalOptions.Json));
        Settings = reader.Read(trays);
    }

    public Answer Answer { get; }

    public Settings Settings { get; }

    public IReadOnlyList<SettingLine> SettingLines => reader.Lines;

    /// <exception cref="SettingsException">Settings that make no sense.</exception>
    public static Session Of(ParseResult parsed, params IReadOnlyList<string> trays) => new(parsed, trays);

    /// <summary>Says of which folders a list of all discs can't tell.</summary>
    public static void TellUnreadable(ArchiveRoot archive)
    {
        if (archive.Unreadable() is [var first, ..] names)
        {
            Answer.Say($"{Words.Count(names.Count, "folder")} of the archive can't be read, {first} the first: check who may read it; a broken status.json is made anew when its disc is put in.");
        }
    }

    public ArchiveRoot OpenToRead() => ArchiveRoot.OpenToRead(Settings.ArchivePath, new LinuxFileSystem());

    /// <returns>The archive, to be opened for writing later.</returns>
    public ArchiveRoot ArchiveToOpen() => ArchiveRoot.At(Settings.ArchivePath, Settings.RequireMount, new LinuxFileSystem());

    public ArchiveRoot OpenToWrite() =>
        ArchiveRoot.OpenToWrite(Settings.ArchivePath, Settings.RequireMount, new LinuxFileSystem());

    /// <returns>A log on standard error.</returns>
    public ILoggerFactory CreateLog(LogLevel least) =>
        LoggerFactory.Create(builder => builder.AddCdBackuperLog(Settings.LogAsJson, least));
}
