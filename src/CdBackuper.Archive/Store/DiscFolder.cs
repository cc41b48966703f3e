using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Identity;

namespace CdBackuper.Archive.Store;

/// <summary>One disc's folder: the names in it, and its small files read and written.</summary>
/// <param name="root">The archive.</param>
/// <param name="name">Its name below the archive's root.</param>
/// <param name="holder">
/// Who writes to it, by <see cref="FolderClaim.PlaceName"/>; null for who only reads or writes a label. A holder makes everything in a
/// place of its own and moves it from there: see <see cref="HolderPlace"/>.
/// </param>
public sealed class DiscFolder(ArchiveRoot root, string name, string? holder = null)
{
    /// <summary>The longest record that is read, in bytes: the listing of a million files has less.</summary>
    private const long MaxRecordBytes = 1L << 30;

    /// <summary>A longer file is no label.</summary>
    private const long MaxLabelBytes = 64 << 10;

    /// <summary>The archive it lies in.</summary>
    public ArchiveRoot Root => root;

    /// <summary>Its name below the archive's root.</summary>
    public string Name => name;

    /// <summary>Its absolute path.</summary>
    public string Path { get; } = System.IO.Path.Combine(root.Path, name);

    /// <summary>The rescued bytes.</summary>
    public string ImagePath => In(ImageName);

    /// <summary>What the disc has in sectors of Mode 2 Form 2, which the image has no room for.</summary>
    public string Form2Path => In(Form2Name);

    /// <summary>Which sectors are in it.</summary>
    public string Form2MapPath => In(Form2Name + ".mapfile");

    /// <summary>ddrescue's map of the image.</summary>
    public string MapPath => In("ddrescue.mapfile");

    /// <summary>What the running pass of ddrescue may read; gone with the pass, and what a crash leaves may be deleted.</summary>
    public string DomainPath => System.IO.Path.Combine(IncomingPath, "ddrescue.domain");

    /// <summary>The map that a running ddrescue writes, not in one step; what it says is taken over into <see cref="MapPath"/>.</summary>
    public string RunningMapPath => System.IO.Path.Combine(IncomingPath, "ddrescue.mapfile");

    /// <summary>What ddrescue printed in the last attempt.</summary>
    public string OutputPath => In("ddrescue-output.txt");

    /// <summary>What blkid says of the disc.</summary>
    public string BlkidPath => In("blkid.txt");

    /// <summary>What isoinfo says of the disc.</summary>
    public string IsoinfoPath => In("isoinfo.txt");

    /// <summary>The disc's files.</summary>
    public string FilesPath => In("files");

    /// <summary>The holder's own place, where all is made before it is moved; what a crash leaves there may be deleted.</summary>
    public string IncomingPath => In(holder is null ? HolderPlace.Prefix : $"{HolderPlace.Prefix}-{holder}");

    /// <summary>Where files are made before they are moved to <see cref="FilesPath"/>.</summary>
    public string NewFilesPath => System.IO.Path.Combine(IncomingPath, "files");

    /// <summary>Hashes for <c>sha256sum -c</c>.</summary>
    public string ManifestPath => In("manifest-sha256.txt");

    /// <summary>What a person calls the disc.</summary>
    public string LabelPath => In("label.txt");

    /// <summary>status.json.</summary>
    public string StatusPath => In("status.json");

    /// <summary>The image's name in the folder.</summary>
    public const string ImageName = "disc.iso";

    /// <summary>The name of what is kept beside the image.</summary>
    public const string Form2Name = "disc.form2";

    /// <summary>By way of which files are set aside; what a crash leaves there is.</summary>
    public string AsidePath => System.IO.Path.Combine(IncomingPath, "set-aside");

    private string ListingPath => In("listing.json");

    /// <summary>damage.json.</summary>
    public string DamagePath => In("damage.json");

    /// <summary>identity.json.</summary>
    public string IdentityPath => In("identity.json");

    private string AttemptsPath => In("attempts");

    /// <summary>True where names in it that differ in case alone are one. Only a holder can tell: by its place, whose name nobody else gives.</summary>
    public bool IgnoresCase => Directory.Exists(In(System.IO.Path.GetFileName(IncomingPath).ToUpperInvariant()));

    /// <summary>How names below it are told apart.</summary>
    public StringComparer NameComparer => IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private string? Place => holder is null ? null : IncomingPath;

    /// <summary>True when the folder is there.</summary>
    public bool Exists => Directory.Exists(Path);

    /// <summary>True when the folder holds what a disc's folder holds (the predecessor's too).</summary>
    public bool LooksLikeDisc => File.Exists(StatusPath) || File.Exists(IdentityPath) || File.Exists(MapPath);

    /// <summary>True for a folder that was made, and in which a crash left nothing that was finished: as good as none.</summary>
    public bool HoldsNothing => Directory.EnumerateFileSystemEntries(Path)
        .All(path => AtomicFile.IsTemporary(path)
            || System.IO.Path.GetFileName(path).StartsWith(HolderPlace.Prefix, StringComparison.Ordinal));

    /// <returns>A path in the folder.</returns>
    public string In(string fileName) => System.IO.Path.Combine(Path, fileName);

    /// <returns>The status; null where there is none or it is corrupt.</returns>
    public DiscStatus? LoadStatus() => Load(StatusPath, ArchiveJson.Snake.DiscStatus);

    /// <returns>The listing; null where there is none or it is corrupt.</returns>
    public Listing? LoadListing() =>
        Load(ListingPath, ArchiveJson.Camel.Listing) is { Entries: not null, Flaws: not null } listing
            && !listing.Entries.Contains(null!) ? listing : null;

    /// <returns>What is missing; null where there is no report or it is corrupt.</returns>
    public DamageReport? LoadDamage() => Load(DamagePath, ArchiveJson.Camel.DamageReport) is { Files: not null } report ? report : null;

    /// <returns>The manifest's lines; null where there is none or it is corrupt.</returns>
    public IReadOnlyList<string>? LoadManifest()
    {
        try
        {
            return new FileInfo(ManifestPath) is { Exists: true, Length: > 0 and <= MaxRecordBytes } ? Manifest.TrySplit(File.ReadAllText(ManifestPath)) : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>The evidence; null where there is none or it is corrupt.</returns>
    public DiscEvidence? LoadEvidence() => Load(IdentityPath, ArchiveJson.Camel.DiscEvidence);

    /// <returns>What a person called the disc; null where nobody has. A link is none: it may lead to what is no business of this archive.</returns>
    public string? LoadLabel() =>
        new FileInfo(LabelPath) is { Exists: true, LinkTarget: null, Length: > 0 and <= MaxLabelBytes } && File.ReadAllText(LabelPath).Trim() is { Length: > 0 } label
            ? label
            : null;

    /// <summary>Replaces the status.</summary>
    public void Store(DiscStatus status) =>
        Write(StatusPath, JsonSerializer.Serialize(status, ArchiveJson.Snake.DiscStatus) + "\n");

    /// <summary>Replaces the evidence.</summary>
    public void Store(DiscEvidence evidence) =>
        Write(IdentityPath, JsonSerializer.Serialize(evidence, ArchiveJson.Camel.DiscEvidence) + "\n");

    /// <summary>Replaces the listing by one from which the same manifest and damage report follow.</summary>
    public void Store(Listing listing) => Write(ListingPath, ListingText.Print(listing));

    /// <summary>Replaces the listing, and what follows from it: the manifest and the damage report.</summary>
    /// <param name="listing">What is now known.</param>
    /// <param name="report">What is missing.</param>
    /// <param name="images">The names and hashes of images that are part of what is kept.</param>
    public void Store(Listing listing, DamageReport report, IEnumerable<(string Sha256, string Name)> images)
    {
        ArgumentNullException.ThrowIfNull(listing);
        Store(listing);
        Write(DamagePath, JsonSerializer.Serialize(report, ArchiveJson.Camel.DamageReport) + "\n");
        if (ManifestOf(listing, images).Select(line => line + "\n").ToArray() is { Length: > 0 } manifest)
        {
            Write(ManifestPath, manifest);
        }
        else
        {
            // sha256sum -c calls a manifest without lines an error.
            Delete(ManifestPath);
        }
    }

    /// <returns>The lines of the manifest that follows from a listing; none for nothing to list.</returns>
    public static IEnumerable<string> ManifestOf(Listing listing, IEnumerable<(string Sha256, string Name)> images)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return listing.Files.Where(file => file.Sha256 is not null).Select(file => Manifest.Line(file.Sha256!, $"files/{file.Path}"))
            .Concat(images.Select(image => Manifest.Line(image.Sha256, image.Name)));
    }

    /// <summary>Replaces a small file in the folder in one step. A holder whose folder was taken over can't any more.</summary>
    /// <exception cref="IOException">It could not be written; the old content is still there.</exception>
    public void Write(string path, params IEnumerable<string> text) => root.Files.Write(path, text, Place);

    /// <summary>Deletes the image, when nothing needs it any more.</summary>
    public void DeleteImage()
    {
        // Without its map, what is left of the other after a crash is taken for nothing.
        Delete(Form2MapPath);
        Delete(Form2Path);
        Delete(ImagePath);
    }

    /// <summary>Deletes a file of the folder, if it is there. A holder does it by way of its place: it may be a new holder's file by now, and then there is no way.</summary>
    /// <exception cref="IOException">It could not be deleted; or the folder was taken over, and it is still there.</exception>
    public void Delete(string path)
    {
        if (Place is not null && File.Exists(path))
        {
            // Not by the name that the holder's place has for the image: a rename from one name of a file to another does nothing.
            var passing = System.IO.Path.Combine(Place, "deleted-" + System.IO.Path.GetFileName(path));
            File.Move(path, passing, overwrite: true);
            path = passing;
        }

        File.Delete(path);
    }

    /// <summary>Gives a file or folder a new name beside its old one. A holder does it by way of its place, as it deletes.</summary>
    /// <param name="path">What is set aside; nothing happens when it does not exist.</param>
    /// <param name="why">A word for the name.</param>
    /// <param name="now">The moment for the name.</param>
    /// <returns>The new path; null when there was nothing.</returns>
    public string? SetAside(string path, string why, DateTimeOffset now) => root.Files.SetAside(path, why, now, holder is null ? null : AsidePath);

    /// <summary>Replaces label.txt. For <see cref="DiscLabels"/>, which keeps what was there.</summary>
    public void StoreLabel(string label) => root.Files.Write(LabelPath, label + "\n");

    /// <summary>Adds one attempt, under the next free number.</summary>
    public void Append(AttemptRecord attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        Directory.CreateDirectory(AttemptsPath);
        var text = JsonSerializer.Serialize(attempt, ArchiveJson.Camel.AttemptRecord) + "\n";
        var who = $"{FolderName.Reduce(attempt.Node)}-{FolderName.Reduce(attempt.Drive)}";
        var number = CountAttempts() + 1;
        while (!root.Files.TryCreate(System.IO.Path.Combine(AttemptsPath, $"{number:D4}-{who}.json"), text, Place))
        {
            number++;
        }
    }

    /// <returns>The attempts that were recorded, in order; those that can't be read are left out.</returns>
    public IReadOnlyList<AttemptRecord> LoadAttempts() =>
        [.. FindAttempts("*.json").Order(StringComparer.Ordinal).Select(LoadAttempt).OfType<AttemptRecord>()];

    /// <summary>How many attempts were recorded, those among them that were kept aside: their numbers are not given again.</summary>
    public int CountAttempts() => FindAttempts("*.json*").Count(path => !AtomicFile.IsTemporary(path));

    private IEnumerable<string> FindAttempts(string pattern) =>
        Directory.Exists(AttemptsPath) ? Directory.EnumerateFiles(AttemptsPath, pattern) : [];

    private static AttemptRecord? LoadAttempt(string path) => Load(path, ArchiveJson.Camel.AttemptRecord);

    /// <summary>
    /// Deletes what a crash left of records that were being written. Only for the holder of the folder's claim; a label
    /// may be written by anybody at any time, so those are left alone.
    /// </summary>
    public void DeleteLeftovers()
    {
        foreach (var path in Directory.EnumerateFiles(Path).Where(AtomicFile.IsTemporary))
        {
            if (!path.StartsWith(LabelPath, StringComparison.Ordinal))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Keeps aside the records that can't be read, so that new ones never silently overwrite them.</summary>
    /// <returns>What was set aside, for the log.</returns>
    public IReadOnlyList<string> SetAsideCorruptRecords(DateTimeOffset now)
    {
        var aside = new List<string>();
        foreach (var name in CorruptRecords())
        {
            if (SetAside(In(name), "corrupt", now) is { } moved)
            {
                aside.Add($"{name} can't be read; it is kept as {System.IO.Path.GetFileName(moved)}");
            }
        }

        return aside;
    }

    /// <returns>The records that are there and can't be read, relative to the folder. They are made anew when the disc is put in.</returns>
    public IEnumerable<string> CorruptRecords()
    {
        (string Path, Func<bool> IsSound)[] records =
        [
            (StatusPath, () => LoadStatus() is not null),
            (ListingPath, () => LoadListing() is not null),
            (IdentityPath, () => LoadEvidence() is not null),
            (DamagePath, () => LoadDamage() is not null),
            (ManifestPath, () => LoadManifest() is not null),
            .. FindAttempts("*.json").Order(StringComparer.Ordinal).ToArray().Select(path => (path, (Func<bool>)(() => LoadAttempt(path) is not null))),
        ];

        // Whether it is there is asked first: what another process writes meanwhile is then read, not taken for corrupt.
        return records.Where(record => System.IO.Path.Exists(record.Path) && !record.IsSound())
            .Select(record => System.IO.Path.GetRelativePath(Path, record.Path));
    }

    /// <summary>
    /// Null for a record that is not there, not a record, or not for this user to read: one folder must not keep all other discs out. The
    /// caller rebuilds it, and sets a corrupt one aside first.
    /// </summary>
    private static T? Load<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return RecordFile.Load(path, type, MaxRecordBytes);
        }
        catch (UnauthorizedAccessException)
        {
            return null; // a folder that bears a record's name, too
        }
    }
}
