import { launch, open, signInAs } from './browser.mjs';
const base=process.env.BASE||'http://127.0.0.1:8091';
const b=await launch();
for (const s of process.argv.slice(2)){ const [role,path,name,width,lang,dark]=s.split('|');
 const p=await open(b,{base,width:+(width||1280),language:lang||'en',dark:dark==='dark'});
 await p.goto('/sign-in'); if(role) await signInAs(p,role); await p.goto(path); await p.waitForLoadState('networkidle');
 await p.screenshot({path:`/tmp/look/${name}.png`,fullPage:true}); if(p.faults.length) console.log(name,p.faults);
 if(process.env.DUMP) console.log(await p.locator('main').ariaSnapshot());
 await p.context().close(); }
await b.close();
