// SPDX-License-Identifier: GPL-3.0-or-later
// Starts Unleash, makes one flag that is on in production, and writes a personal token of its administrator.
const fs = require('fs');
const unleash = require('unleash-server');
const { PG, PORT, FOLDER } = process.env;
const base = `http://127.0.0.1:${PORT}`;

async function call(path, body, headers) {
    const answer = await fetch(base + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
}

// The administrator is made beside the start: the first tries may come too early.
async function loggedIn(who) {
    for (let tries = 0; ; ++tries) {
        try {
            return await call('/auth/simple/login', who);
        } catch (error) {
            if (tries === 40) throw error;
            await new Promise((resolve) => setTimeout(resolve, 250));
        }
    }
}

async function main() {
    await unleash.start({
        db: { host: PG, port: 5432, user: 'unleash', database: 'unleash', ssl: false },
        server: { port: Number(PORT), host: '127.0.0.1' },
        logLevel: 'error',
        telemetry: false,
        versionCheck: { enable: false },
        authentication: { type: 'open-source', createAdminUser: true },
    });
    const login = await loggedIn({ username: 'admin', password: 'loopback-only' });
    const cookie = login.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const token = await call('/api/admin/user/tokens',
        { description: 'test', expiresAt: new Date(Date.now() + 3600e3).toISOString() }, { Cookie: cookie });
    const { secret } = await token.json();
    await call('/api/admin/projects/default/features', { name: 'fast-join', type: 'release' }, { Cookie: cookie });
    await call('/api/admin/projects/default/features/fast-join/environments/production/on', {}, { Cookie: cookie });
    fs.writeFileSync(`${FOLDER}/token`, secret + '\n', { mode: 0o600 });
    console.log('READY');
}

main().catch((error) => { console.error(error); process.exit(1); });
