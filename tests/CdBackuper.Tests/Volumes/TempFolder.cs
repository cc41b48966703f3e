namespace CdBackuper.Tests.Volumes;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cdbackuper-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public TempFolder With(string name, string content, DateTimeOffset? modified = null)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
        File.SetLastWriteTimeUtc(this[name], (modified ?? DateTimeOffset.FromUnixTimeSeconds(1_000_000_000)).UtcDateTime);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
