// Stryker's runner asks for parts of Mocha without their endings, and since Mocha 12.0.1 those end with .cjs.
require.extensions[".cjs"] ??= require.extensions[".js"];
