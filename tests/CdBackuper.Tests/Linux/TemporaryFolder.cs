namespace CdBackuper.Tests.Linux;

/// <summary>A folder of one test, gone with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("cdbackuper-test-").FullName;

    public string Path { get; }

    public string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Folder(params string[] names) => Directory.CreateDirectory(In(names)).FullName;

    /// <summary>A file that came to rest an hour ago.</summary>
    public string File(string name, byte[] content)
    {
        var path = In(name);
        System.IO.File.WriteAllBytes(path, content);
        System.IO.File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
