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

    private Session(ParseResult parsed, Func<SettingsReader, Settings> read)
    {
        reader = new(Environment.GetEnvironmentVariable, GlobalOptions.SettingsOf(parsed));
        Answer = new(parsed.GetValue(GlobalOptions.Json));
        Settings = read(reader);
    }

    public Answer Answer { get; }

    public Settings Settings { get; }

    public IReadOnlyList<SettingLine> SettingLines => reader.Lines;

    /// <summary>What is wrong with the settings: only ever something in a session that goes on all the same.</summary>
    public IReadOnlyList<string> SettingProblems => reader.Problems;

    /// <exception cref="SettingsException">Settings that make no sense.</exception>
    public static Session Of(ParseResult parsed, params IReadOnlyList<string> trays) => new(parsed, reader => reader.Read(trays));

    /// <returns>A session that goes on where settings make no sense, with their defaults: for who says what is wrong with them.</returns>
    public static Session OfAnySettings(ParseResult parsed) => new(parsed, reader => reader.ReadAll([]));

    /// <summary>Says of which folders a list of all discs can't tell.</summary>
    public static void TellUnreadable(ArchiveRoot archive)
    {
        if (archive.Unreadable() is [var first, ..] names)
        {
            Answer.Say($"{Words.Count(names.Count, "folder")} of the archive can't be read, {first} the first. A status.json that is broken is made anew when its disc is put in; else check who may read it.");
        }
    }

    public ArchiveRoot OpenToRead() => ArchiveRoot.OpenToRead(Settings.ArchivePath, new LinuxFileSystem());

    /// <param name="mayBeMade">True for the commands that put discs into it: only these make an archive that is not there.</param>
    /// <returns>The archive, to be opened for writing later.</returns>
    public ArchiveRoot ArchiveToOpen(bool mayBeMade) =>
        ArchiveRoot.At(Settings.ArchivePath, Settings.RequireMount, new LinuxFileSystem(), mayBeMade);

    /// <inheritdoc cref="ArchiveToOpen"/>
    /// <returns>The archive.</returns>
    public ArchiveRoot OpenToWrite(bool mayBeMade)
    {
        var archive = ArchiveToOpen(mayBeMade);
        archive.OpenToWrite();
        return archive;
    }

    /// <returns>A log on standard error.</returns>
    public ILoggerFactory CreateLog(LogLevel least) =>
        LoggerFactory.Create(builder => builder.AddCdBackuperLog(Settings.LogAsJson, least));
}
